"""What is typed is kept: autosave.js in a real browser against a small server that can be told to fail."""

import threading
from collections.abc import Iterator
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

STATIC = Path(__file__).resolve().parents[2] / "src" / "bekwaam" / "web" / "static" / "bekwaam"
PAGE = """<!doctype html><html lang="nl"><title>Form</title>
<form data-draft-url="/draft" method="post" action="/submit">
<input type="hidden" name="csrfmiddlewaretoken" value="token"><textarea name="story"></textarea>
<input type="checkbox" name="unit" value="1.1"><input type="checkbox" name="unit" value="1.2">
<input type="checkbox" name="unit" value="1.3"><input type="password" name="secret">
<input type="file" name="file">
<p role="status" data-draft-status data-draft-owner="7" data-text-saving="saving"
data-text-saved="saved {time}" data-text-failed="failed" data-text-refused="refused"
data-text-restored="restored"></p><button>Send</button></form><button data-key="j">next</button>
<script type="module" src="/kept.js"></script>
<script type="module" src="/autosave.js"></script><script type="module" src="/keys.js"></script>
<script>const button = document.querySelector("[data-key]");
button.addEventListener("click", () => (button.textContent = "pressed"));</script>
"""

pytestmark = pytest.mark.browser


class DraftServer(ThreadingHTTPServer):
    """Serves the page and keeps every draft it receives.

    ``status`` is what it answers to a draft, ``sent_status`` to the form itself; like the real one it names
    the form that it took in.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.sent_status = 200, 303
        self.drafts: list[list[tuple[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    server: DraftServer

    def do_GET(self) -> None:
        script = self.path.endswith(".js")
        body = (STATIC / self.path.lstrip("/")).read_bytes() if script else PAGE.encode()
        self._answer(200, body, "text/javascript" if script else "text/html; charset=utf-8")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/draft":
            head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            parts = BytesParser().parsebytes(head + body).get_payload()
            fields = [
                (str(p.get_param("name", header="Content-Disposition")), p.get_payload(decode=True).decode())
                for p in parts
            ]
            self.server.drafts.append(fields)
            self._answer(self.server.status, b"{}", "application/json")
        else:
            self._answer(self.server.sent_status, b"", "text/html", parse_qs(body.decode())["_draft"][0])

    def _answer(self, status: int, body: bytes, kind: str, sent: str = "") -> None:
        self.send_response(status)
        if status == 303:
            self.send_header("Set-Cookie", f"bekwaam_kept={quote(sent, safe='')}; Path=/")
            self.send_header("Location", "/next")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test output quiet."""


@pytest.fixture
def server() -> Iterator[DraftServer]:
    running = DraftServer()
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()  # soon done
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def page(context: BrowserContext, server: DraftServer) -> Iterator[Page]:
    opened = context.new_page()
    opened.goto(server.url)
    opened.evaluate("localStorage.clear()")
    yield opened
    opened.close()


def test_what_is_typed_is_sent_after_a_pause_and_said_to_be_saved(page: Page, server: DraftServer) -> None:
    page.locator("textarea").fill("Het verhaal")
    expect(page.get_by_role("status")).to_contain_text("saved")
    assert ("story", "Het verhaal") in server.drafts[-1]
    assert ("csrfmiddlewaretoken", "token") in server.drafts[-1]


def test_what_is_typed_before_the_script_has_come_is_kept_too(
    context: BrowserContext, server: DraftServer
) -> None:
    page = context.new_page()
    held: list[Route] = []
    page.route("**/autosave.js", lambda route: held.append(route))
    page.goto(server.url, wait_until="commit")
    page.locator("textarea").fill("Op een trage lijn")
    page.locator("[value='1.2']").check()
    assert not server.drafts
    held[0].continue_()
    expect(page.get_by_role("status")).to_contain_text("saved")
    assert {("story", "Op een trage lijn"), ("unit", "1.2")} <= set(server.drafts[-1])


def test_a_copy_that_comes_back_does_not_go_over_what_was_typed_since(
    page: Page, server: DraftServer
) -> None:
    server.status = 503
    page.locator("textarea").fill("Van gisteren")
    page.locator("[value='1.3']").check()
    expect(page.get_by_role("status")).to_have_text("failed")
    page.goto("about:blank")
    held: list[Route] = []
    page.route("**/autosave.js", lambda route: held.append(route))
    page.goto(server.url, wait_until="commit")
    page.locator("textarea").fill("Van vandaag")
    held[0].continue_()
    expect(page.locator("[value='1.3']")).to_be_checked()
    expect(page.locator("textarea")).to_have_value("Van vandaag")


def test_every_ticked_box_of_one_name_is_sent(page: Page, server: DraftServer) -> None:
    page.locator("[value='1.1']").check()
    page.locator("[value='1.3']").check()
    expect(page.get_by_role("status")).to_contain_text("saved")
    assert [value for name, value in server.drafts[-1] if name == "unit"] == ["1.1", "1.3"]


def test_passwords_and_files_are_never_sent(page: Page, server: DraftServer, tmp_path: Path) -> None:
    (tmp_path / "proof.txt").write_text("proof")
    page.locator("[type=file]").set_input_files(tmp_path / "proof.txt")
    page.locator("[type=password]").fill("geheim")
    page.locator("textarea").fill("Tekst")
    expect(page.get_by_role("status")).to_contain_text("saved")
    assert not {"file", "secret"} & {name for name, _ in server.drafts[-1]}


def test_a_failing_server_is_admitted_and_tried_again(page: Page, server: DraftServer) -> None:
    server.status = 503
    page.locator("textarea").fill("Nog niet veilig")
    expect(page.get_by_role("status")).to_have_text("failed")
    server.status = 200
    expect(page.get_by_role("status")).to_contain_text("saved", timeout=10_000)
    assert ("story", "Nog niet veilig") in server.drafts[-1]


def test_a_refusal_is_told_apart_from_a_lost_connection(page: Page, server: DraftServer) -> None:
    server.status = 401
    page.locator("textarea").fill("Uitgelogd")
    expect(page.get_by_role("status")).to_have_text("refused")


def test_what_no_server_confirmed_comes_back_on_the_next_visit(page: Page, server: DraftServer) -> None:
    server.status = 503
    page.locator("textarea").fill("Regel een\nregel twee")
    page.locator("[value='1.2']").check()
    expect(page.get_by_role("status")).to_have_text("failed")
    page.goto("about:blank")
    page.goto(server.url)
    expect(page.locator("textarea")).to_have_value("Regel een\nregel twee")
    expect(page.locator("[value='1.2']")).to_be_checked()
    expect(page.locator("[value='1.1']")).not_to_be_checked()


def test_closing_the_tab_sends_the_last_words(page: Page, server: DraftServer) -> None:
    page.locator("textarea").fill("Net voor het sluiten")
    page.goto("about:blank")
    for _ in range(50):
        if server.drafts:
            break
        page.wait_for_timeout(50)
    assert ("story", "Net voor het sluiten") in server.drafts[-1]


def test_nothing_stays_in_the_browser_once_the_server_has_it(page: Page) -> None:
    page.locator("textarea").fill("Veilig")
    expect(page.get_by_role("status")).to_contain_text("saved")
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("status", [500, "gone"])
def test_a_form_whose_sending_failed_keeps_its_words_until_the_server_has_them(
    page: Page, server: DraftServer, status: int | str
) -> None:
    server.status = 503
    page.locator("textarea").fill("Net voor de storing")
    page.route("**/submit", lambda route: route.abort() if status == "gone" else route.continue_())
    server.sent_status = 500
    page.get_by_text("Send").click()
    expect(page.locator("textarea")).to_have_count(0)  # what the browser shows of a failure is there
    page.goto(server.url)
    expect(page.locator("textarea")).to_have_value("Net voor de storing")
    page.unroute("**/submit")
    server.sent_status = 303
    page.get_by_text("Send").click()
    page.wait_for_url("**/next")
    expect(page.locator("textarea")).to_have_value("")
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]


def test_a_form_sent_while_offline_stays_where_it_is(page: Page, context: BrowserContext) -> None:
    page.locator("textarea").fill("Onderweg in de trein")
    context.set_offline(True)
    try:
        page.get_by_text("Send").click()
        expect(page.get_by_role("status")).to_have_text("failed")
        expect(page.locator("textarea")).to_have_value("Onderweg in de trein")
    finally:
        context.set_offline(False)


def test_a_key_presses_its_button_but_not_while_typing(page: Page) -> None:
    page.locator("textarea").press("j")
    expect(page.locator("[data-key]")).to_have_text("next")
    page.locator("textarea").blur()
    page.keyboard.press("j")
    expect(page.locator("[data-key]")).to_have_text("pressed")
