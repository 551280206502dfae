"""What lies in the database can be read by nobody who only has the database."""

from django.db import connection
from django.test import Client

from tests.cast import Cast, give_story, show
from tests.stories.pages import code_on, send, tell

SECRET = "Jeg sov i bilen bag Netto."
PLACES = ("kim.testvig@example.com", "sov i bilen", "Bilen om natten")


def everything_stored() -> str:
    """Every row of every table as the database holds it."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return "\n".join(map(repr, rows))


def test_words_title_and_address_are_locked_in_every_row(stranger: Client) -> None:
    tell(stranger, SECRET, title="Bilen om natten", email="kim.testvig@example.com")
    stored = everything_stored()
    assert not [place for place in PLACES if place in stored]


def test_what_is_said_to_is_locked_too(stranger: Client, cast: Cast) -> None:
    story = show(give_story(), by=cast.host)
    where = f"/fortaellinger/{story.public_id}/sig-til/"
    send(stranger, stranger.get(where), where, reason="about_me", text=SECRET)
    assert "sov i bilen" not in everything_stored()


def test_the_code_stands_in_no_column(stranger: Client) -> None:
    words = code_on(tell(stranger))
    stored = everything_stored().lower()
    for glue in (" ", "-", "", "', '"):
        assert glue.join(words).lower() not in stored


def test_no_address_of_the_visitor_is_kept() -> None:
    visitor = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Kanariefugl/1.0")
    assert tell(visitor).status_code == 200
    stored = everything_stored()
    assert "203.0.113.77" not in stored
    assert "Kanariefugl" not in stored
