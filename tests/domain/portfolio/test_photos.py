"""Photos lose what they tell and keep what they show; another library looks at the result."""

from __future__ import annotations

import contextlib
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from bekwaam.domain.portfolio.photos import Broken, without_metadata

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
SECRETS = (b"Canon", b"Samira", b"52.1561", b"2024:05:06", b"xmpmeta")
GPS, ORIENTATION = 0x8825, 0x0112


def photo(media_type: str, orientation: int = 1, **how: object) -> bytes:
    """Return a small photo that tells a great deal."""
    picture = Image.frombytes("RGB", (40, 24), random.Random(4).randbytes(40 * 24 * 3))
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0132] = "Canon", "Samira", "2024:05:06 10:11:12"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[27] = "N", b"52.1561"
    save: dict[str, object] = {"exif": exif, **how}
    if media_type == "image/jpeg":
        save |= {"comment": b"Samira was hier", "quality": 90}
    if media_type == "image/png":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", "Samira")
        info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta/>", zip=False)
        save["pnginfo"] = info
    if media_type == "image/webp":
        save |= {"xmp": b"<x:xmpmeta/>", "lossless": True}
    target = io.BytesIO()
    picture.save(target, FORMATS[media_type], **save)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("media_type", FORMATS)
def test_a_photo_shows_the_same_the_same_way_up_and_tells_nothing(media_type: str, orientation: int) -> None:
    before = photo(media_type, orientation)
    assert any(secret in before for secret in SECRETS)
    after = without_metadata(media_type, before)
    assert not any(secret in after for secret in SECRETS)
    told = opened(after).getexif()
    assert dict(told) == ({ORIENTATION: orientation} if orientation != 1 else {})
    assert not told.get_ifd(GPS)
    upright = [ImageOps.exif_transpose(opened(content)).tobytes() for content in (before, after)]
    assert upright[0] == upright[1]


@pytest.mark.parametrize("media_type", FORMATS)
def test_cleaning_twice_changes_nothing_more(media_type: str) -> None:
    once = without_metadata(media_type, photo(media_type, 6))
    assert without_metadata(media_type, once) == once


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"optimize": True}])
def test_colours_stay_and_what_follows_the_end_goes(how: dict[str, bool]) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = photo("image/jpeg", 3, icc_profile=profile, **how) + b"\xff\xd8" + b"Samira, Utrecht"
    after = without_metadata("image/jpeg", content)
    assert opened(after).info["icc_profile"] == profile
    assert after.endswith(b"\xff\xd9") and b"Utrecht" not in after


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_photo_that_was_cut_off_is_told_apart(media_type: str) -> None:
    whole = photo(media_type)
    for length in range(16, len(whole) - 1, 7):
        with pytest.raises(Broken):
            without_metadata(media_type, whole[:length])


@given(media_type=st.sampled_from(sorted(FORMATS)), tail=st.binary(max_size=200))
def test_whatever_comes_is_cleaned_or_broken(media_type: str, tail: bytes) -> None:
    head = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "image/webp": b"RIFF"}
    with contextlib.suppress(Broken):
        without_metadata(media_type, head[media_type] + tail)


@settings(deadline=None)
@given(st.data())
def test_a_photo_with_a_byte_changed_is_cleaned_or_broken(data: st.DataObject) -> None:
    media_type = data.draw(st.sampled_from(sorted(FORMATS)))
    content = bytearray(photo(media_type, 6))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(12, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Broken):
        without_metadata(media_type, bytes(content))


def test_other_files_come_back_as_they_are() -> None:
    assert without_metadata("application/pdf", b"%PDF-1.7 Samira") == b"%PDF-1.7 Samira"
