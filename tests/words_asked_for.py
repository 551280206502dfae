"""Every field in which somebody can write freely, and who reads it before a person does.

finder   the rules read it: it is asked about, recorded for a host, or both
alias    a chosen name: read when it is checked (text/names.py) and, with a voice, recorded
contact  a number or an address for word, encrypted, never shown to the public
code     a code or an address that is looked up, never kept as words
carried  words on their way back to the form they came from, which has them read
staff    only staff with a second factor write it, about their own work; a host or an editor
         answers for it, and no visitor's words come there
tried    only to be shown what the rules find; nothing is kept
"""

WORDS: dict[str, str] = {
    "boards.forms.CodeForm.kode": "code",
    "boards.forms.DoorForm.name": "alias",
    "boards.lead_forms.WorkshopForm.columns": "staff",
    "boards.lead_forms.WorkshopForm.purpose": "staff",
    "boards.lead_forms.WorkshopForm.question": "staff",
    "boards.lead_forms.WorkshopForm.title": "staff",
    "forums.forms.PostForm.alias": "finder",
    "forums.forms.PostForm.code": "code",
    "forums.forms.PostForm.text": "finder",
    "forums.forms.TopicForm.alias": "finder",
    "forums.forms.TopicForm.code": "code",
    "forums.forms.TopicForm.text": "finder",
    "forums.forms.TopicForm.title": "finder",
    "forums.wagtail_hooks.RoomForm.description": "staff",
    "forums.wagtail_hooks.RoomForm.hours": "staff",
    "forums.wagtail_hooks.RoomForm.rules": "staff",
    "forums.wagtail_hooks.RoomForm.title": "staff",
    "help.word_box.BoxForm.text": "tried",
    "insights.forms.InsightForm.missing_voices": "staff",
    "insights.forms.InsightForm.statement": "staff",
    "insights.forms.MarkForm.new_code": "staff",
    "insights.forms.SetAsideForm.reason": "staff",
    "moderation.author_forms.AppealForm.text": "finder",
    "moderation.author_forms.CodeForm.code": "code",
    "moderation.author_forms.CodeWithWordsForm.code": "code",
    "moderation.author_forms.CodeWithWordsForm.text": "carried",
    "moderation.author_forms.RewordForm.proposed": "finder",
    "moderation.author_forms.RewordForm.title": "finder",
    "moderation.call_back_forms.CallBackForm.name": "finder",
    "moderation.call_back_forms.CallBackForm.number": "contact",
    "moderation.forms.DecisionForm.message": "finder",
    "moderation.forms.SecondLookForm.message": "finder",
    "moderation.forms.SuggestForm.message": "finder",
    # Read again as a wording when it is kept (record_findings).
    "moderation.forms.SuggestForm.proposed": "finder",
    "moderation.forms.SuggestForm.title": "finder",
    "moderation.voice_forms.SayToForm.text": "finder",
    "revisions.desk_forms.AdoptForm.by": "staff",
    "revisions.desk_forms.AdoptForm.title": "staff",
    "revisions.desk_forms.AmendmentForm.administration": "staff",
    "revisions.desk_forms.AmendmentForm.rationale": "staff",
    "revisions.desk_forms.AmendmentForm.text": "staff",
    "revisions.desk_forms.DecisionForm.body": "staff",
    "revisions.desk_forms.DecisionForm.final_text": "staff",
    "revisions.desk_forms.DecisionForm.minutes_url": "staff",
    "revisions.desk_forms.DecisionForm.reason": "staff",
    "revisions.desk_forms.ProcessForm.can_change": "staff",
    "revisions.desk_forms.ProcessForm.frame": "staff",
    "revisions.desk_forms.ProcessForm.promise": "staff",
    "revisions.desk_forms.ProcessForm.responder": "staff",
    "revisions.desk_forms.ProcessForm.slug": "staff",
    "revisions.desk_forms.ProcessForm.title": "staff",
    "revisions.forms.ProposalForm.email": "contact",
    "revisions.forms.ProposalForm.proposed": "finder",
    "revisions.forms.ProposalForm.text": "finder",
    "stories.forms.StoryForm.alias": "finder",
    "stories.forms.StoryForm.email": "contact",
    "stories.forms.StoryForm.text": "finder",
    "stories.forms.StoryForm.title": "finder",
    "stories.scribe_views.ScribeForm.alias": "alias",
    "stories.scribe_views.ScribeForm.email": "contact",
    "stories.scribe_views.ScribeForm.text": "finder",
    "stories.scribe_views.ScribeForm.title": "finder",
    "stories.selection_forms.SelectionForm.intro": "finder",
    "stories.selection_forms.SelectionForm.title": "finder",
    "moderation.author_forms.LostCodeForm.contact": "contact",
    "moderation.author_forms.LostCodeForm.text": "finder",
    "moderation.author_forms.MessageForm.text": "finder",
    "moderation.author_forms.NameForm.text": "alias",
}

# Controls that a template draws itself, by template and name: operations of a board are no forms of
# Django's. `read_words` reads them before they are stored (boards/words.py); headings are read when
# they are taken home (boards/headings.py).
DRAWN: dict[str, str] = {
    "413.html:": "carried",
    "allauth/elements/field.html:": "code",
    "alone.html:": "carried",
    "author/too_late.html:": "carried",
    "boards/_group_sheet.html:title": "finder",
    "boards/_lead_notes.html:title": "finder",
    "boards/_lead_notes.html:title-": "finder",
    "boards/_lead_room.html:text": "finder",
    "boards/_note_sheet.html:text": "finder",
    "boards/_write.html:text": "finder",
    "boards/workshops.html:kode": "code",
    "csrf_failure.html:": "carried",
    # The key of an app for codes, to be read and not written.
    "mfa/totp/activate_form.html:": "code",
    "moderation/lost_code.html:address": "code",
    "stories/guide/unreadable.html:": "carried",
}
