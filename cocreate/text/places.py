"""Danish street endings and towns for the address finder. Data only."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Endings that make a word a street however it is typed.
STREET_ENDINGS: tuple[str, ...] = _words(
    """
    alle allé alléen bakken boulevard boulevarden engen gade gaden haven parken stien stræde
    strædet sving svinget toften torv torvet vang vangen vej vejen vænge vænget
    """
)

# Endings of ordinary words too: these need a capital letter.
PLACE_ENDINGS: tuple[str, ...] = _words(
    """
    ager bakke bakker brink brinken bugten dal dalen eng gyde gyden gård gården have høj højen
    kajen krog krogen kvarteret kær kæret lund lunden løkke løkken mark marken mose mosen park
    passagen plads pladsen promenaden skov skoven skrænten slippen sti terrasse terrasserne toft
    """
)

# Words that end like a street and are none, when a number follows.
NOT_STREETS = frozenset(
    _words(
        """
        afvej arbejdsplads arbejdspladsen baghaven bondegård børnehave børnehaven cykelstien
        danmark dyreparken forhaven genvej hovedvejen kirkegård kirkegården kolonihaven landevej
        landevejen legeplads legepladsen motorvej motorvejen omsving omvej omvejen
        parkeringsplads parkeringspladsen praktikplads praktikpladsen udsving udvej
        """
    )
)

# Typed without a capital, a postcode needs a town that we know; with one, any name will do. Towns that
# are also everyday words (Give, Ringe, Skive) are left to the capital.
TOWNS = frozenset(
    _words(
        """
        aabenraa aalborg aarhus albertslund allerød assens ballerup birkerød bjerringbro brøndby
        brøndbyvester brønderslev brønshøj charlottenlund dragør ebeltoft egedal esbjerg
        espergærde farum faxe fredensborg fredericia frederiksberg frederikshavn frederikssund
        frederiksværk ganløse gentofte gilleleje glostrup grenaa greve grindsted gråsten græsted
        haderslev hadsten hadsund haslev hedehusene hedensted hellerup helsinge helsingør herlev
        herning hillerød hinnerup hirtshals hjallerup hjørring hobro holbæk holstebro holte
        hornslet horsens humlebæk hundested hvidovre hørsholm ikast ishøj jyllinge jægerspris
        kalundborg karlslunde kastrup kbh kgs klampenborg kokkedal kolding korsør københavn køge
        lejre lemvig lillerød lyngby løgstør løgumkloster maribo middelfart måløv nakskov nexø
        nibe nivå nyborg nykøbing nærum næstved nørresundby odder odense padborg randers ribe
        ringkøbing ringsted roskilde rudkøbing rungsted rødby rødekro rødovre rønne sakskøbing
        silkeborg skagen skanderborg skibby skjern skælskør skævinge slagelse slangerup smørum
        solrød sorø stenløse struer støvring svendborg svenstrup sæby søborg sønderborg taastrup
        thisted tilst tinglev toftlund tårnby tønder uldum valby vallensbæk vanløse varde vejle
        veksø viborg vildbjerg virum vodskov vojens vordingborg værløse åbyhøj ålborg århus
        ølstykke ørsted
        """
    )
)
