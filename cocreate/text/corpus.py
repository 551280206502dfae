"""Sentences the rules are tried on: what they must see, and what they must leave alone.

All are our own and nobody's, in four lots, each written before the rules were mended by it. Of the
first two lots the rules then saw 20 of 44 and 8 of 22; of the third, after a first mending, 6 of 22;
of the fourth, after a second, 8 of 20. So sentences nobody has thought of are seen far less often than
these: the rules are a help to a host and never the only net. The box in the admin shows how today's
rules fare with them, and a rule by staff that meets a neutral one is refused.
"""

CONCERN = """
Jeg kan ikke holde ud at leve på den her måde.
Jeg har besluttet, at det stopper i nat.
Jeg sidder med en hel æske piller foran mig.
Hvis de tager lejligheden, så tager jeg mit liv.
Der er ikke nogen, der ville opdage det, hvis jeg var død.
Jeg tænker på selvmord næsten hver dag.
Jeg ved godt, hvordan jeg vil gøre det, og jeg har fundet et reb.
Det ville være nemmest for alle, hvis jeg ikke var her længere.
Jeg vil bare gerne sove og aldrig vågne igen.
Nu kan jeg ikke mere, så farvel alle sammen.
Jeg har skåret i min arm igen i aften.
Min søn på 14 skærer i sig selv.
Min datter har sagt, at hun ikke vil leve.
Jeg er bange for, at min bror tager livet af sig.
Jeg har skrevet et brev, som I kan finde, når jeg er død.
Jeg går ned til banen og venter på toget, så er det slut.
Der er intet tilbage at leve for.
Jeg hader mig selv så meget, at jeg vil dø.
jeg orker virkelig ikke at være her mere
jeg vil ikk leve mere
jeg taenker paa at tage mit eget liv
Jeg overvejer at slutte det hele.
Det her er sidste gang, I hører fra mig.
Jeg har samlet sovepiller sammen i flere uger.
Min mand slår mig, når børnene er i seng.
Min eksmand siger, at han slår mig ihjel, hvis jeg går.
Min kæreste tog kvælertag på mig i går.
Jeg tør ikke være alene hjemme med min søn, fordi han slår.
Far slår mor, når han har drukket.
Han banker mig, så jeg ikke kan gå på arbejde.
Jeg bliver tæsket derhjemme.
Jeg blev voldtaget i weekenden.
Han tvinger mig til sex, når han er fuld.
Han har låst mig inde hele weekenden.
Naboens lille dreng bliver slået af sin far.
Børnene inde ved siden af er alene hele natten.
Min stedfar rører ved mig om natten.
Min lillesøster får ikke noget at spise, når mor er skæv.
Pigen i klassen har blå mærker og er bange for at gå hjem.
Jeg rystede min baby i nat, fordi han ikke ville holde op med at græde.
Jeg er bange for, at jeg kommer til at gøre mine børn noget.
Jeg skal nok få ram på hende sagsbehandleren, jeg har en kniv.
Næste gang jeg kommer på rådhuset, skyder jeg nogen.
Jeg har taget nogle piller, og nu fortryder jeg.
Jeg fortalte lægen, at jeg ikke ønsker at leve længere.
Hun skriver til mig, at hun har slugt en masse tabletter.
Min nabo har truet med at slå mig ned, hvis jeg klager.
Jeg har lyst til at køre galt med vilje.
Nogle gange ønsker jeg bare, at jeg ikke vågnede.
Jeg begyndte at skære i mig selv igen efter sommerferien.
Vores dreng siger, at livet er ligegyldigt, og at han hellere vil være død.
Min kone sparker mig, når vi skændes.
Jeg er bange for at gå hjem til min kæreste.
Mit barnebarn har fortalt, at hendes stedfar tager på hende.
Jeg har gemt nok medicin til at dø.
Hvis jeg ikke får hjælp nu, så gør jeg noget ved mig selv.
De ville alle sammen være bedre stillet uden mig.
Jeg skriver det her som farvel.
Min mor låser min lillebror inde på værelset hele dagen.
Ham der bor ovenpå, slår sin kone.
Jeg har prøvet at tage mit eget liv to gange i år.
Jeg kan ikke se meningen med at være i live.
Jeg får lyst til at stikke ham ned, når han griner.
Min far er voldelig over for min mor.
Børnene har ikke fået mad i to dage.
Jeg har det, som om jeg skal dø i nat, og jeg har gjort pillerne klar.
Jeg kan ikke klare tanken om at vågne op i morgen.
Jeg har mest lyst til at være død.
Min veninde har skrevet, at hun har taget en masse Panodil.
Jeg har fundet ud af, hvor højt man skal op for at dø af det.
Ingen ville græde, hvis jeg var væk.
Jeg skader mig selv hver gang, de har ringet.
Jeg vil tage alle mine piller, når børnene er hos deres far.
Min far har slået mig siden jeg var otte.
Han kaster med ting efter mig og kalder mig luder.
Min mand kvalte mig næsten i nat.
Jeg er flygtet fra min mand med børnene.
Min ekskæreste forfølger mig og siger, at han vil dræbe mig.
Mor ligger fuld på gulvet, når jeg kommer hjem fra skole.
Min plejefar kommer ind til mig om natten.
De to små går alene rundt på gaden klokken to om natten.
Min søn har forsøgt selvmord.
Jeg har tænkt på at sætte ild til mig selv.
Jeg kan ikke finde en eneste grund til at blive her.
Hvis ingen hører mig, så er jeg død inden jul.
Jeg savner min kone så meget, at jeg vil over til hende nu.
Jeg frygter, at hun gør skade på sig selv.
Jeg får bank, hvis jeg siger noget til jer.
Jeg har lyst til at gøre det forbi.
Min mand har truet med at slå mig ihjel tre gange.
Jeg har overvejet selvmord siden jul.
Når han er fuld, så sparker han til mig.
Jeg magter ikke at leve videre.
Min datter har taget tyve panodiler.
Jeg kan lige så godt være død.
Jeg går og tænker på, hvordan jeg kan dø uden at det gør ondt.
Min mor slår min lillebror med et bælte.
Jeg skærer mig i armene, når jeg er alene.
Min samlever har lagt hænderne om min hals.
Der er ingen, der ville savne mig.
Jeg vil ikke være i denne verden mere.
Hendes forældre lader hende sulte.
Nogen burde ringe efter hjælp, jeg har taget en overdosis.
Jeg har sagt farvel til mine børn.
Han har holdt en kniv for halsen på mig.
Jeg vil ud under et tog.
Min nabo råber hjælp om natten, og hendes mand slår hende.
Jeg har det så dårligt, at jeg ikke ved, om jeg overlever weekenden.
""".strip().splitlines()

# The same words, where nobody is in danger.
NEUTRAL = """
Jeg kan ikke holde ud at vente i telefonen mere.
Det stopper i nat, fordi værestedet lukker.
Apoteket havde ikke mine piller.
Vi skal tage livet stille og roligt.
Ingen opdagede, at min ansøgning var væk.
Vi har hængt en plakat op om forebyggelse af selvmord på biblioteket.
Der ligger et reb i skuret til presenningen.
Det var nemmest for alle, hvis mødet lå om formiddagen.
Jeg vil gerne sove længere om morgenen.
Farvel til papirblanketterne.
Jeg skar løg til fællesspisningen.
Min datter vil ikke leve af nudler hele ugen.
Min bror tager livet med et smil.
Brevet kom, da min mor allerede var død.
Jeg tager toget ind til byen hver tirsdag.
Man skal have noget at leve for, siger min mormor.
Min farfar døde roligt på plejehjemmet.
Jeg orker ikke at udfylde det skema en gang til.
Vi slutter det hele af med kaffe.
Det er sidste gang, jeg ringer til det nummer.
Hvem samler skrald sammen i parken?
Min mand slår græs for hele opgangen.
Det slår mig hver gang, hvor venlige de er i receptionen.
Han slog benet på trappen til jobcentret.
Far slår søm i, mens mor maler.
Der bankede en nabo på hos mig i går.
Vi fik tæsk i fodbold af personalet.
Larmen fra vejen slår os snart ihjel.
Jeg låste mig ude og måtte ringe til viceværten.
Naboens dreng slår på tromme om aftenen.
Børnene er alene i svømmehallen hver lørdag, og det går godt.
Sagen rører mig dybt.
Min lillesøster spiser ikke kød.
Pigen i klassen har blå sko.
Vi rystede på hovedet over brevet.
Mine børn er bange for edderkopper.
Kommunen skyder på, at det tager tre uger.
Hun skyder genvej gennem parken.
Forslaget døde i udvalget.
Jeg er ved at dø af grin over den formular.
Man kan da ikke dø af at sige undskyld.
Vold og overgreb skal der tales om på kurset for personalet.
Kniven til brødet ligger i køkkenet på værestedet.
Hvornår går den sidste bus hjem fra broen?
Vi tog på tur til broen og så på skibe.
Jeg har det meget bedre, end da jeg var ung.
Jeg fik tabletter mod forkølelse.
Min nabo truer med at flytte til Jylland.
Bussen kørte ind i et hul i vejen.
Jeg vågnede ikke, da vækkeuret ringede.
Hun skærer altid brødet for tykt.
Vi sparker bold efter skole.
Jeg tør godt gå hjem om aftenen.
Jeg har gemt alle brevene fra kommunen.
Vi gør noget ved problemet i gruppen.
Vi klarede det bedre uden konsulenter.
Der er låst inde på kontoret om fredagen.
Min far var meget kærlig.
Børnene har fået ny legeplads.
Politikerne dræber alle gode idéer med udvalg.
Det er en død sild.
Jeg bor i et hus med udsigt til skinnerne.
Han er en bombe på banen.
Livet på landet er godt.
Jeg er ked af, at min hund er død.
Der er stille her om natten.
Jeg har brug for mening i hverdagen.
Min søn er bange for mørke.
Jeg vil hellere være alene end på det bosted.
Vi tog afsked med vores kontaktperson.
Jeg var død af træthed efter flytningen.
Den cykelsti er livsfarlig.
Min hund døde sidste år.
Jeg har lyst til at flytte.
Jeg tager medicin for mit blodtryk.
Vi holder afskedsfest på torsdag.
Uden mig var der ingen kaffe.
Han slår altid en joke af.
Hun fik en lussing af virkeligheden.
De har fundet en plan for busserne.
Hvem passer på børnene om natten på krisecentret?
Man skal høre børnene, når deres forældre drikker.
Jeg står på perronen hver morgen klokken syv.
Der er langt ned fra broen.
Jeg skærer grøntsager til suppen.
Lederen truede med at lukke cafeen.
Jeg kender ingen vej ud af byen uden bil.
Det er slut med gratis kaffe i aften.
Han kan ikke leve op til kravene.
Vi vil ikke være her længere, for lokalet er koldt.
Politiet fandt en kniv i parken.
Vold i hjemmet bør være et tema i strategien.
Livet er ikke altid let, men vi hjælper hinanden.
Sove kan jeg gøre, når jeg bliver gammel.
Jeg er til tider træt af at vente.
Vi dør af varme i venteværelset.
Vi lukker butikken i aften.
Min mand slår op med det samme, når jeg ringer.
Der er mange piller at holde styr på for min mor.
Jeg kan ikke finde en god plads på biblioteket.
Min søn vil gerne dø sit hår grønt.
Jeg hopper over, hvor gærdet er lavest.
De tog bussen fra broen.
Farvel til den gamle strategi.
Min datter har ikke lyst til at gå til svømning.
Jeg tænker tit på døden i litteraturen.
Man skal ikke slå sine håb for højt op.
Jeg vil ikke mere høre på de undskyldninger.
Håndværkeren skar i væggen.
Min bror har fundet et job.
Jeg er bange for, at bussen ikke kommer.
Hun har planer for i aften.
Jeg vil ikke leve uden min hund.
Strategien må ikke dø i en skuffe.
""".strip().splitlines()

INDIVIDUAL_CASE = """
Hvornår får jeg svar på min ansøgning om bolig?
Jeg har sendt en klage over mit afslag på førtidspension.
Kan I se på min sag?
Min sagsbehandler svarer ikke, og min sag har ligget stille siden maj.
Mit sagsnummer er 27-5581.
Jeg har fået afslag på min ansøgning om hjælpemidler.
Hvorfor har jeg ikke fået mine penge udbetalt?
Kan nogen hjælpe mig med at få genoptaget min sag?
Jeg vil klage over afgørelsen fra jobcentret.
Hvor langt er I med min ansøgning?
""".strip().splitlines()

PERSONAL_DATA = """
Mit cpr-nummer er 010180-1234.
Ring til mig på 40 12 34 56.
Du kan skrive til kim@eksempel.dk.
Jeg bor Toftevej 12, 3650 Ølstykke.
Hendes nummer er +45 21 22 23 24.
Min bror bor på Skovvej 12, 3. tv.
Han er født 010180 1234, siger han.
Send det til kim.holm@eksempel.dk, tak.
Vi bor Bygaden 4B, 3600 Prøveby.
Skriv en sms til 20101234.
""".strip().splitlines()
