"""The demo: made once, whole, and kept away from everything else."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from click.testing import CliRunner
from django.db import connection

from bekwaam.cli.demo import demo
from bekwaam.cli.demo.folder import DATABASE, MARKER, Folder, Found
from bekwaam.cli.demo.material import material
from bekwaam.domain.procedures.states import State

pytestmark = pytest.mark.long
BEKWAAM = (sys.executable, "-m", "bekwaam.cli.main")
LINK = re.compile(r"http://127\.0\.0\.1:\d+/demo/\S+/")
HALF = {"bekwaam": "demo"}
SCHEMA = """
    select name, replace(sql, ', ', ',') from sqlite_master
    where sql is not null and name not like 'sqlite_%' and name <> 'django_migrations'
"""


@dataclass(frozen=True)
class Made:
    """A demo that was made, with what the command said."""

    folder: Path
    said: str
    elsewhere: Path

    def ask(self, question: str) -> list[tuple]:
        with closing(sqlite3.connect(self.folder / DATABASE)) as database:
            return database.execute(question).fetchall()

    def facts(self) -> tuple:
        return (
            self.ask("select sequence, hash from store_chainhead"),
            self.ask("select email, ref from store_person order by email"),
            self.ask("select ref, state from store_procedure order by ref"),
        )


def surroundings(**more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", **more}


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*BEKWAAM, *arguments], env=surroundings(**more), capture_output=True, text=True, timeout=180
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Make the demo in a folder where an earlier start was cut off, with a real database set in the shell."""
    root = tmp_path_factory.mktemp("demo")
    folder, elsewhere = root / "demo", root / "real.sqlite3"
    folder.mkdir()
    (folder / MARKER).write_text(json.dumps(HALF), encoding="utf-8")
    (folder / DATABASE).write_text("cut off", encoding="utf-8")
    done = run(
        *("demo", "--no-serve", "--data", str(folder), "--lang", "nl", "--port", "8765"),
        DATABASE_URL=f"sqlite:///{elsewhere}",
        BEKWAAM_KEY_PASSPHRASE_FILE=str(root / "not there"),
    )
    assert done.returncode == 0, done.stderr
    return Made(folder, done.stdout, elsewhere)


def test_a_start_that_was_cut_off_begins_anew(made: Made) -> None:
    assert "onderbroken" in made.said
    assert Folder(made.folder).found() is Found.WHOLE


def test_there_are_dossiers_in_every_state_but_erased(made: Made) -> None:
    states = {state for (state,) in made.ask("select state from store_procedure")}
    assert states == {state.value for state in State} - {State.ERASED.value}


def test_a_link_is_printed_for_everybody(made: Made) -> None:
    people = made.ask("select name from store_person")
    links = LINK.findall(made.said)
    assert len(links) == len(set(links)) == len(people)
    assert all(name in made.said for (name,) in people)


def test_everybody_has_an_address_that_reaches_nobody(made: Made) -> None:
    assert all(email.endswith("@example.org") for (email,) in made.ask("select email from store_person"))


def test_the_outcomes_are_above_below_and_ready(made: Made) -> None:
    counted = made.ask("select met, json_extract(outcome, '$.counted') from store_decisionrecord")
    assert {(1, 18), (0, 16)} <= set(counted)


def test_the_certificates_are_papers(made: Made) -> None:
    keys = made.ask("select f.key from store_certificate c join store_storedfile f on f.id = c.file_id")
    assert len(keys) == 3
    for (key,) in keys:
        assert (made.folder / "files" / key[:2] / key).read_bytes().startswith(b"%PDF-")


def test_the_certificates_name_their_issuer_in_the_same_way_on_any_port(made: Made) -> None:
    forms = made.ask("select content from store_certificateform where form = 'experience'")
    assert len(forms) == 3
    issuers = {json.loads(content)["issuer"]["id"].rpartition(":")[0] for (content,) in forms}
    assert issuers == {"did:web:localhost%3A8000:aanbieder"}


def test_a_fact_was_corrected_before_the_certificate(made: Made) -> None:
    corrected = made.ask("select document from store_certificate")
    places = {one["place"] for (row,) in corrected for one in json.loads(row)["sessions"]}
    assert "Buurthuis De Schakel, Amersfoort" in places


def test_a_deliberation_is_kept_for_colleagues_and_others_are_under_way(made: Made) -> None:
    phases = {phase for (phase,) in made.ask("select phase from store_deliberation")}
    assert phases == {"closed", "apart", "waiting"}
    assert made.ask("select participants from store_keptcase where kept_at is not null") == [(3,)]


def test_somebody_grows_from_one_round_to_the_next_with_a_plan_and_evidence_of_it(made: Made) -> None:
    ratings = made.ask(
        "select r.value from store_selfrating r join store_selfround s on s.id = r.round_id"
        " join store_person p on p.id = s.owner_id"
        " where p.name = 'Esra Demir' and r.code = '3.2' order by s.started_at"
    )
    assert ratings == [("startbekwaam",), ("vakbekwaam",)]
    done = made.ask("select evidence_id is not null from store_planactivity where done_on is not null")
    assert sorted(done) == [(0,), (1,)]
    assert made.ask("select count(*) from store_planagreement") == [(1,)]
    assert made.ask("select count(*) from store_feedbackanswer where ratings <> '{}'") == [(2,)]
    kinds = {kind for (kind,) in made.ask("select kind from store_reflection")}
    assert kinds == {"starr", "collegial", "lightest"}


def test_a_team_has_members_who_share_all_something_else_or_nothing_and_somebody_to_answer(
    made: Made,
) -> None:
    shared = made.ask(
        "select m.id, count(c.id), sum(c.layer = 'self') from store_teammember m"
        " join store_team t on t.id = m.team_id left join store_teamconsent c on c.member_id = m.id"
        " where t.name = 'Wijkteam Oost' and m.joined_at is not null group by m.id"
    )
    assert sorted(bool(own) for _member, _number, own in shared) == [False] * 2 + [True] * 6
    assert sum(number == 0 for _member, number, _own in shared) == 1
    assert made.ask("select email from store_teammember where joined_at is null") == [
        ("yara.willems@example.org",)
    ]


def test_above_the_teams_growth_shows_between_two_moments(made: Made) -> None:
    rows = made.ask("select document from store_teamreport where per_team = 0 order by made_at")
    first, last = (json.loads(document) for (document,) in rows)
    assert first != last
    assert made.ask("select count(*) from store_teamreport where per_team = 1") == [(1,)]


def test_an_organisation_has_offers_and_profiles_of_its_own(made: Made) -> None:
    loaded = made.ask("select kind, json_array_length(entries) from store_catalogue order by kind")
    assert loaded == [("offers", 5), ("profiles", 2)]


def test_one_passage_stands_in_two_dossiers_and_nothing_else(made: Made) -> None:
    assert made.ask("select code, count(*) from store_foundsign group by code") == [("text_here", 2)]


def test_what_fell_short_comes_with_advice(made: Made) -> None:
    short = made.ask("select recommendation from store_finaljudgement where stage in ('', 'startbekwaam')")
    assert short
    assert all(recommendation for (recommendation,) in short)


def test_two_assessors_never_write_the_same(made: Made) -> None:
    same = made.ask(
        "select procedure_id, unit from store_judgement group by procedure_id, unit"
        " having count(*) > count(distinct observed)"
    )
    assert same == []


def test_every_judgement_of_something_shown_rests_on_evidence(made: Made) -> None:
    assert made.ask("select unit from store_finaljudgement where stage <> '' and evidence = '[]'") == []
    assert made.ask("select unit from store_judgement where stage <> '' and evidence = '[]'") == []


def test_the_audit_chain_is_whole_and_in_the_order_of_time(made: Made) -> None:
    done = run("audit", "check", BEKWAAM_DATA=str(made.folder))
    assert done.returncode == 0, done.stdout
    moments = [at for (at,) in made.ask("select at from store_auditentry order by sequence")]
    assert moments == sorted(moments)


def test_nothing_is_written_to_the_database_of_the_shell(made: Made) -> None:
    assert not made.elsewhere.exists()


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="there the tests go through the migrations themselves"
)
def test_its_migrations_make_the_tables_that_the_tests_have_of_the_models(made: Made) -> None:
    with connection.cursor() as cursor:
        assert parts_of(made.ask(SCHEMA)) == parts_of(cursor.execute(SCHEMA).fetchall())


def parts_of(schema: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Return what each table and index is made of, in no order: a column that came later stands later."""
    apart = re.compile(r",(?![^(]*\))")
    found = {}
    for name, sql in schema:
        kind, _, body = sql.partition("(")
        found[name] = {kind, *apart.split(body.removesuffix(")"))}
    return found


def test_a_second_start_finds_what_is_there(made: Made) -> None:
    before = made.facts()
    again = run("demo", "--no-serve", "--data", str(made.folder), "--lang", "en")
    assert again.returncode == 0, again.stderr
    assert "still there" in again.stdout
    assert len(LINK.findall(again.stdout)) == len(LINK.findall(made.said))
    assert made.facts() == before


@pytest.fixture(scope="module")
def served(made: Made) -> Iterator[OpenerDirector]:
    port = free_port()
    arguments = ["demo", "--data", str(made.folder), "--port", str(port)]
    with subprocess.Popen(
        [*BEKWAAM, *arguments], env=surroundings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        visitor = build_opener(HTTPCookieProcessor(CookieJar()))
        visitor.addheaders = [("X-Port", str(port))]
        try:
            wait_for(visitor, f"http://127.0.0.1:{port}/", server)
            yield visitor
        finally:
            server.terminate()


def test_a_link_logs_in_as_the_person_it_stands_beside(made: Made, served: OpenerDirector) -> None:
    port = dict(served.addheaders)["X-Port"]
    line = next(line for line in made.said.splitlines() if "Marijke Veenstra" in line)
    link = LINK.search(line)
    assert link
    page = served.open(link.group().replace(":8765/", f":{port}/")).read().decode()
    assert "Marijke Veenstra" in page


def wait_for(visitor: OpenerDirector, url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server stopped"
        try:
            visitor.open(url).close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("years of work", encoding="utf-8")
    done = CliRunner().invoke(demo, ["--data", str(tmp_path), "--fresh", "--no-serve", "--lang", "en"])
    assert done.exit_code == 1
    assert "something else" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        folder = tmp_path / "demo"
        done = CliRunner().invoke(demo, ["--data", str(folder), "--port", port, "--lang", "nl"])
    assert done.exit_code == 1
    assert f"Poort {port} is bezet" in done.output
    assert not folder.exists()


def test_beginning_anew_takes_away_only_what_the_demo_made(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.begin()
    folder.finish({"somebody": "ref"})
    (tmp_path / "files").mkdir()
    (tmp_path / DATABASE).touch()
    (tmp_path / "notes.txt").touch()
    folder.begin()
    assert {path.name for path in tmp_path.iterdir()} == {MARKER, "notes.txt"}
    assert folder.found() is Found.HALF


def test_every_reason_is_about_something_that_exists() -> None:
    given = material()
    known = {*given.pieces, "interview", "observation", "portfolio"}
    assert {reason.about for reason in given.reasons} <= known


def test_every_dossier_names_pieces_that_exist() -> None:
    given = material()
    for dossier in given.dossiers:
        assert set(dossier.pieces) <= set(given.pieces), dossier.key
