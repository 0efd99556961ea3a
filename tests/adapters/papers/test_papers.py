"""Reading back a signed paper: what is true of it is told, and every way to meddle with it is seen."""

from __future__ import annotations

import io
import json
import random
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import (
    StreamObject,
    pdf_name,
    pdf_string,
)

from bekwaam.adapters.papers import PaperReader, child, inspection, reader
from bekwaam.adapters.papers.inspection import inspect
from bekwaam.adapters.papers.port import PaperStream
from bekwaam.adapters.papers.reader import from_plain, to_plain
from bekwaam.adapters.pdf.signing import sign_paper
from bekwaam.domain.certificates.signed import Fault, PaperOutcome, SignedPaper, Standing, by_key, standing
from tests.adapters.pdf.signed import (
    AT,
    CREDENTIAL,
    add_to,
    key,
    key_hash,
    signed,
    signed_as_the_library_does,
    stamping,
    unsigned,
    written,
)
from tests.documents import pdf_of

STRANGER = "EVC Huis Noord "  # the same name, to whoever looks


def worth(pdf: bytes) -> Standing:
    return standing(inspect(pdf), by_key({key_hash(key())}))


def test_a_paper_as_it_was_issued_tells_all_that_stands_in_it() -> None:
    paper = inspect(signed())
    (signature,) = paper.signatures
    assert paper.outcome is PaperOutcome.READ and paper.sound and paper.traces
    assert (signature.field, signature.faults, signature.covered) == ("Signature", (), len(signed()))
    assert signature.claimed_at == AT and signature.stamp is None
    signer = signature.signer
    assert signer is not None and signer.certificate == key().certificate
    assert signer.key_sha256 == key_hash(key()) != key_hash(key(STRANGER))
    assert (signer.name, signer.addresses) == ("EVC Huis Noord", ("did:web:voorbeeld.example:p:noord",))
    assert signer.key_kind == "secp256r1"
    (file,) = paper.attachments
    assert (file.name, file.media_type, file.relationship) == ("credential.json", "application/vc", "Data")
    assert paper.credential == CREDENTIAL
    assert worth(signed()) is Standing.AS_ISSUED


def with_more_at_the_end(pdf: bytes) -> bytes:
    return pdf + b"\n% dag\n"


def with_a_note(pdf: bytes) -> bytes:
    writer = add_to(pdf)
    writer.root[pdf_name("/Lang")] = pdf_string("en")
    writer.update_root()
    return written(writer)


def with_another_first_page(pdf: bytes) -> bytes:
    """Put other content over the first page in a second revision: what the reader sees was never signed."""
    writer = add_to(pdf)
    page = writer.find_page_for_modification(0)[0].get_object()
    page[pdf_name("/Contents")] = writer.add_object(StreamObject(stream_data=b"0 0 m 9 9 l S"))
    writer.update_container(page)
    return written(writer)


def with_another_credential(pdf: bytes) -> bytes:
    writer = add_to(pdf)
    embedded = writer.root["/AF"][0]["/EF"]
    embedded[pdf_name("/F")] = writer.add_object(StreamObject(stream_data=b"{}"))
    writer.update_container(embedded)
    return written(writer)


def without_the_form(pdf: bytes) -> bytes:
    """Take the signature out in a second revision."""
    writer = add_to(pdf)
    del writer.root["/AcroForm"]
    del writer.root["/Perms"]
    writer.update_root()
    return written(writer)


def saved_anew(pdf: bytes) -> bytes:
    """Save it with another program, without the signature."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.Root.AcroForm
        del document.Root.Perms
        del document.pages[-1].Annots
        tree = document.Root.StructTreeRoot
        tree.K[0].K = pikepdf.Array(list(tree.K[0].K)[:-1])
        tree.ParentTree.Nums = pikepdf.Array(list(tree.ParentTree.Nums)[:-2])
        document.save(target)
    return target.getvalue()


def saved_anew_with_it(pdf: bytes) -> bytes:
    """Save it with another program, signature and all."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(target)
    return target.getvalue()


def with_another_language(pdf: bytes) -> bytes:
    return pdf.replace(b"/Lang(nl)", b"/Lang(en)", 1)


def with_another_text(pdf: bytes) -> bytes:
    """Change one byte of what is printed."""
    at = pdf.index(b"\nstream\n", pdf.index(b"/FontFile3")) + 60
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def signed_later_than_it_was(pdf: bytes) -> bytes:
    return pdf.replace(b"260414103000Z", b"250414103000Z", 1)


def with_a_shorter_range(pdf: bytes) -> bytes:
    """Leave the last bytes out of what the signature covers, as if they were added later."""
    at = pdf.index(b"/ByteRange [")
    end = pdf.index(b"]", at)
    first, before, after, rest = pdf[at + 12 : end].split()
    told = b" ".join([first, before, after, b"%d" % (int(rest) - 10)]).ljust(end - at - 12)
    return pdf[: at + 12] + told + pdf[end:]


def with_a_wider_gap(pdf: bytes) -> bytes:
    """Let the signature leave out more than itself."""
    at = pdf.index(b"/ByteRange [")
    end = pdf.index(b"]", at)
    first, before, after, rest = pdf[at + 12 : end].split()
    told = b" ".join([first, b"%d" % (int(before) - 5), after, rest]).ljust(end - at - 12)
    return pdf[: at + 12] + told + pdf[end:]


def with_something_beside_the_signature(pdf: bytes) -> bytes:
    """Put bytes where the room for the signature was left over: no signature covers these."""
    at = pdf.index(b"0" * 400 + b">") + 100
    return pdf[:at] + b"c0ffee" + pdf[at + 6 :]


def with_half_a_signature(pdf: bytes) -> bytes:
    at = pdf.index(b"/Contents <") + 400
    return pdf[:at] + b"00" * 20 + pdf[at + 40 :]


def signed_by_a_stranger(_: bytes) -> bytes:
    return sign_paper(unsigned(), key(STRANGER), AT)


def signed_once_more(pdf: bytes) -> bytes:
    """Sign a paper that forbids it; the library refuses, so what forbids it is taken away first."""
    writer = add_to(pdf)
    del writer.root["/Perms"]
    writer.update_root()
    return signed_as_the_library_does(written(writer))


MEDDLED: dict[str, tuple[Callable[[bytes], bytes], Standing]] = {
    "more at the end": (with_more_at_the_end, Standing.ADDED_TO),
    "a second revision": (with_a_note, Standing.ADDED_TO),
    "other content over the first page": (with_another_first_page, Standing.ADDED_TO),
    "another credential": (with_another_credential, Standing.ADDED_TO),
    "the signature taken out": (without_the_form, Standing.REMOVED),
    "saved anew without it": (saved_anew, Standing.UNSIGNED),
    "saved anew with it": (saved_anew_with_it, Standing.CHANGED),
    "another language": (with_another_language, Standing.CHANGED),
    "another byte of the text": (with_another_text, Standing.CHANGED),
    "another day of signing": (signed_later_than_it_was, Standing.CHANGED),
    "a shorter range": (with_a_shorter_range, Standing.CHANGED),
    "a wider gap": (with_a_wider_gap, Standing.CHANGED),
    "something beside the signature": (with_something_beside_the_signature, Standing.CHANGED),
    "signed by a stranger of the same name": (signed_by_a_stranger, Standing.FOREIGN),
    "signed a second time": (signed_once_more, Standing.SEVERAL),
}


@pytest.mark.parametrize("how", MEDDLED)
def test_whoever_meddles_with_a_paper_is_seen(how: str) -> None:
    meddle, expected = MEDDLED[how]
    changed = meddle(signed())
    assert changed != signed()
    assert worth(changed) is expected


def test_of_a_paper_that_was_added_to_the_part_that_was_issued_can_be_told() -> None:
    changed = with_another_first_page(signed())
    (signature,) = inspect(changed).signatures
    assert signature.faults == (Fault.APPENDED,)
    assert changed[: signature.covered] == signed()


def test_a_broken_signature_is_told_and_no_error() -> None:
    (signature,) = inspect(with_half_a_signature(signed())).signatures
    assert signature.faults == (Fault.BROKEN,)
    assert worth(with_half_a_signature(signed())) is Standing.CHANGED


def test_a_signature_that_forbids_nothing_is_not_ours() -> None:
    paper = inspect(signed_as_the_library_does(unsigned()))
    assert paper.signatures[0].faults == (Fault.NO_LOCK,)
    assert standing(paper, by_key({key_hash(key())})) is Standing.CHANGED


def test_a_weak_hash_is_no_signature() -> None:
    paper = inspect(signed_as_the_library_does(unsigned(), md="sha1"))
    assert Fault.KIND in paper.signatures[0].faults


def test_a_time_stamp_of_another_paper_is_not_intact() -> None:
    one, two = (sign_paper(unsigned(), key(), AT, stamping()) for _ in range(2))
    mixed = with_the_stamp_of(one, two)
    (signature,) = inspect(mixed).signatures
    assert signature.stamp is not None and not signature.stamp.intact
    assert not signature.faults  # the paper itself is whole: the time stamp stands outside what is signed


def with_the_stamp_of(one: bytes, two: bytes) -> bytes:
    """Return ``one`` with the time stamp of ``two``."""
    from asn1crypto import cms

    def held(pdf: bytes) -> tuple[int, int, Any]:
        start = pdf.index(b"/Contents <", pdf.index(b"/ETSI.CAdES") - 90_000) + 11
        end = pdf.index(b">", start)
        return start, end, cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()))

    start, end, message = held(one)
    _, _, other = held(two)
    (mine,), (theirs,) = message["content"]["signer_infos"], other["content"]["signer_infos"]
    mine["unsigned_attrs"] = theirs["unsigned_attrs"]
    return one[:start] + message.dump(force=True).hex().upper().ljust(end - start, "0").encode() + one[end:]


def test_of_very_many_small_changes_none_goes_unseen() -> None:
    chance = random.Random(7)
    original = signed()
    gap = range(original.index(b"/Contents <") + 11, original.index(b"/ByteRange ["))
    for _ in range(60):
        at = chance.randrange(len(original))
        changed = original[:at] + bytes([original[at] ^ chance.randrange(1, 256)]) + original[at + 1 :]
        assert worth(changed) is not Standing.AS_ISSUED or at in gap


# ------------------------------------------------------------------ files that are made to harm


def pdf_with(catalog: str, *objects: bytes) -> bytes:
    """Return a PDF with this in its catalogue and these objects, from number 4 on."""
    every = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        *objects,
    ]
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(every, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(every) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(every) + 1) + table + end


def stream(content: bytes, told: str) -> bytes:
    return f"<<{told}/Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"


FILE = b"<</Type/Filespec/F(credential.json)/EF<</F 5 0 R>>>>"
BOMB = zlib.compress(bytes(60_000_000), 9)
TWICE = zlib.compress(BOMB, 9)


HARMFUL: dict[str, tuple[Callable[[], bytes], PaperOutcome]] = {
    "nothing": (lambda: b"", PaperOutcome.NO_PDF),
    "no PDF": (lambda: b"PK\x03\x04" + bytes(100), PaperOutcome.NO_PDF),
    "a PDF behind something else": (lambda: b"dag\n" + signed(), PaperOutcome.NO_PDF),
    "the beginning of a PDF": (lambda: b"%PDF-1.7\n", PaperOutcome.BROKEN),
    "half a paper": (lambda: signed()[: len(signed()) // 2], PaperOutcome.BROKEN),
    "a PDF with a password": (lambda: pdf_of("Dag", password="geheim"), PaperOutcome.LOCKED),
    "a bomb": (
        lambda: pdf_with("/AF[4 0 R]", FILE, stream(BOMB, "/Filter/FlateDecode")),
        PaperOutcome.TOO_MUCH,
    ),
    "a bomb in a bomb": (
        lambda: pdf_with("/AF[4 0 R]", FILE, stream(TWICE, "/Filter[/FlateDecode/FlateDecode]")),
        PaperOutcome.TOO_MUCH,
    ),
    "a large file in it": (
        lambda: pdf_with("/AF[4 0 R]", FILE, stream(random.Random(1).randbytes(2_100_000), "")),
        PaperOutcome.TOO_MUCH,
    ),
    "very many files in it": (lambda: pdf_with("/AF[" + "4 0 R " * 11 + "]", FILE), PaperOutcome.TOO_MUCH),
    "lists in lists": (lambda: pdf_with("/AF" + "[" * 50_000 + "]" * 50_000), PaperOutcome.TOO_MUCH),
    "an object that is itself": (lambda: pdf_with("/AcroForm 4 0 R", b"4 0 R"), PaperOutcome.TOO_MUCH),
    "a field that is its own child": (
        lambda: pdf_with("/AcroForm<</Fields[4 0 R]>>", b"<</T(a)/FT/Sig/Kids[4 0 R]>>"),
        PaperOutcome.BROKEN,
    ),
    "a table that comes before itself": (
        lambda: (made := pdf_with("")).replace(b"<</Size", b"<</Prev %d/Size" % made.index(b"xref\n0")),
        PaperOutcome.BROKEN,
    ),
    "a list of files that is none": (lambda: pdf_with("/AF (dag)"), PaperOutcome.READ),
    "a file without content": (lambda: pdf_with("/AF[4 0 R]", b"<</F(a)>>"), PaperOutcome.READ),
    "a signature that is a number": (
        lambda: pdf_with("/AcroForm<</Fields[4 0 R]>>", b"<</T(a)/FT/Sig/V 5 0 R>>", b"7"),
        PaperOutcome.READ,
    ),
    "very many signatures": (
        lambda: pdf_with(
            "/AcroForm<</Fields[" + "".join(f"{n} 0 R " for n in range(5, 25)) + "]>>",
            b"<<>>",
            *(b"<</T(a%d)/FT/Sig/V 4 0 R>>" % n for n in range(20)),
        ),
        PaperOutcome.TOO_MUCH,
    ),
}


@pytest.mark.parametrize("what", HARMFUL)
def test_a_file_that_is_made_to_harm_gets_an_answer(what: str) -> None:
    make, expected = HARMFUL[what]
    assert inspect(make()).outcome is expected


def test_a_file_that_is_too_large_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_BYTES", 10)
    monkeypatch.setattr(inspection, "MOST_BYTES", 10)
    assert PaperReader().read(signed()).outcome is inspect(signed()).outcome is PaperOutcome.TOO_LARGE


def test_a_process_of_its_own_tells_the_same() -> None:
    paper = sign_paper(unsigned(), key(), AT, stamping())
    assert PaperReader(seconds=60).read(paper) == inspect(paper)


def test_what_takes_too_long_or_stops_its_process_gets_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert PaperReader(seconds=0).read(signed()) == SignedPaper(PaperOutcome.TOO_MUCH)
    monkeypatch.setattr(reader.sys, "executable", "/bin/false")
    assert PaperReader().read(signed()) == SignedPaper(PaperOutcome.TOO_MUCH)
    assert PaperReader().read(b"dag").outcome is PaperOutcome.NO_PDF


def test_what_the_process_says_comes_over_whole() -> None:
    for pdf in (
        signed(),
        sign_paper(unsigned(), key(), AT, stamping()),
        b"",
        with_half_a_signature(signed()),
    ):
        assert from_plain(to_plain(inspect(pdf))) == inspect(pdf)


def test_of_many_each_gets_its_answer_and_none_stops_the_others() -> None:
    stamped = sign_paper(unsigned(), key(), AT, stamping())
    bomb = HARMFUL["a bomb"][0]()
    papers = [signed(), b"dag", bomb, stamped, with_another_text(signed()), signed()]
    assert list(PaperReader(seconds=60).read_many(papers)) == [inspect(pdf) for pdf in papers]
    assert list(PaperReader().read_many([])) == []


def test_of_many_one_that_takes_too_long_is_given_up_alone() -> None:
    def slowly(content: bytes) -> SignedPaper:
        if content == b"slow":
            while True:
                pass
        return SignedPaper(PaperOutcome.READ)

    source, out = io.BytesIO(), io.BytesIO()
    for content in (b"slow", b"fast"):
        source.write(len(content).to_bytes(8) + content)
    source.seek(0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(child, "inspect", slowly)
        patched.setattr(child, "limit", lambda seconds: None)  # the clock alone; this process is a large one
        child.serve(source, out, 1)
    first, second = (from_plain(json.loads(line)) for line in out.getvalue().splitlines())
    assert (first.outcome, second.outcome) == (PaperOutcome.TOO_MUCH, PaperOutcome.READ)


def test_of_many_that_lose_their_process_each_still_gets_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_asked", lambda process, content: None)
    monkeypatch.setattr(PaperReader, "read", lambda self, content: inspect(content))
    assert [paper.sound for paper in PaperReader().read_many([signed(), unsigned()])] == [True, False]


def test_a_stream_reads_one_after_the_other_in_one_process() -> None:
    stream = PaperStream()
    bomb = HARMFUL["a bomb"][0]()
    for pdf in (signed(), b"dag", bomb, with_another_text(signed()), signed()):
        assert stream.port.read(pdf) == inspect(pdf)
    stream.close()
    with pytest.raises(StopIteration):
        stream.read(signed())
