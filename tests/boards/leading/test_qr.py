"""The QR code is drawn as its standard says."""

import re

import qrcode

from cocreate.boards.templatetags.leading import qr

URL = "https://sammen.example/v/K7M4PX/"


def test_every_dark_module_is_drawn_and_no_light_one() -> None:
    drawn = str(qr(URL, "Vejen ind"))
    side = int(re.findall(r'viewBox="0 0 (\d+)', drawn)[0])
    dark = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", drawn):
        dark |= {(int(x) + n, int(y)) for n in range(int(width))}
    code = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(URL)
    rows = code.get_matrix()
    assert dark == {
        (x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    }
    assert side == len(rows)


def test_its_name_is_read_aloud_and_escaped() -> None:
    assert 'aria-label="&lt;b&gt;"' in str(qr(URL, "<b>"))
