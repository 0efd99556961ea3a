"""The body of knowledge and the dilemmas hold what documents 000, 001 and 004 hold, with their origins."""

from __future__ import annotations

import pytest

from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework, Item

KNOWLEDGE = "kennis-sociaal-werk"
DILEMMAS = "dilemmas-sociaal-werk"
# the title as the document prints it, how many lie below it, and the document
KNOWLEDGE_FIELDS = {
    "K1": ("Sociaal wetenschappelijke kennis", 5),
    "K2": ("Beroepsethische kennis", 2),
    "K3": ("Methodische kennis", 12),
    "K4": ("Onderzoeksmatige kennis", 2),
    "K5": ("Kennis over professionalisering", 7),
    "K6": ("Kennis beleid en organisatie", 3),
}
KNOWLEDGE_KINDS = {
    "E1": ("Theoretische kennis", 3),
    "E2": ("Feitenkennis", 3),
    "E3": ("Praktijkkennis", 3),
}
CATEGORIES = {
    "D1": ("Individuele rechten burger en diens opvattingen over welzijn", 4),
    "D2": ("Belangen en rechten van burgers in verhouding tot het algemeen belang van de samenleving", 6),
    "D3": (
        "Individueel belang burger ten opzichte van het groepsbelang in het kader van gelijkheid, "
        "diversiteit en uitsluiting",
        5,
    ),
    "D4": ("Tegenstrijdigheden in het vervullen van verschillende beroepsrollen", 10),
}
# the names that the document uses when it lists the categories: they stand in the text
LISTED_AS = {
    "D1": "Individuele rechten burger versus welzijn van de burger",
    "D2": "Belangen en rechten individuele burger versus algemeen welzijn van de samenleving",
    "D3": "Individueel belang burger versus groepsbelang in het kader van gelijkheid, diversiteit en "
    "onderdrukking",
    "D4": "Kwesties die te maken hebben met de verschillende beroepsrollen van de sociaal werker "
    "maatschappelijke ondersteuning",
}
KEY_CONCEPTS = {
    "D1": (
        "Zelfbeschikking", "Zelfredzaamheid", "Autonomie", "Zeggenschap", "Bemoeizorg", "Drang", "Dwang",
    ),
    "D2": (),
    "D3": ("Vooroordelen", "Vrijheid van meningsuiting", "Discriminatie", "Gelijkheidsbeginsel"),
    "D4": (),
}  # fmt: skip
COUNTS = {
    KNOWLEDGE: {
        "knowledge_field": 6,
        "knowledge_item": 31,
        "knowledge_kind": 3,
        "knowledge_element": 9,
        "statement": 3,
    },
    DILEMMAS: {
        "dilemma_category": 4,
        "dilemma_case": 25,
        "key_concept": 11,
        "tension": 10,
        "statement": 6,
    },
}
PACKS = tuple(COUNTS)


@pytest.fixture(scope="module")
def knowledge() -> Framework:
    return load_builtin(KNOWLEDGE)


@pytest.fixture(scope="module")
def dilemmas() -> Framework:
    return load_builtin(DILEMMAS)


def _named(framework: Framework, kind: str, below: str) -> dict[str, tuple[str, int]]:
    """Return the title of each item of ``kind``, and how many items of kind ``below`` lie in it."""
    return {
        item.code: (item.name("nl"), len(framework.children(item.code, below)))
        for item in framework.of_kind(kind)
    }


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_holds_what_the_inventory_counts_and_no_other_kind(pack: str) -> None:
    framework = load_builtin(pack)
    found = {item.kind for item in framework.items}
    assert {kind: len(framework.of_kind(kind)) for kind in found} == COUNTS[pack]
    assert framework.kind == "framework"
    assert framework.rule is None
    assert framework.stages == ()
    assert framework.eqf is None


@pytest.mark.parametrize("pack", PACKS)
def test_every_item_says_where_it_is_from_in_both_languages(pack: str) -> None:
    framework = load_builtin(pack)
    for item in framework.items:
        assert item.source.document in framework.documents, item.code
        assert item.source.section, item.code
        assert item.title, item.code
        for text in (item.title, item.text):
            assert text is None or (text.nl.strip() and text.en.strip()), item.code


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_items_of_a_kind_have_the_same_name_or_text(pack: str, language: str) -> None:
    framework = load_builtin(pack)
    for kind in COUNTS[pack]:
        items = framework.of_kind(kind)
        assert len({item.name(language) for item in items}) == len(items), kind
        texts = [item.text[language] for item in items if item.text]
        assert len(set(texts)) == len(texts), kind


def test_the_fields_of_knowledge_stand_in_order_with_their_exact_names(knowledge: Framework) -> None:
    found = _named(knowledge, "knowledge_field", "knowledge_item")
    assert list(found.items()) == list(KNOWLEDGE_FIELDS.items())


def test_the_kinds_of_knowledge_stand_in_order_with_their_exact_names(knowledge: Framework) -> None:
    found = _named(knowledge, "knowledge_kind", "knowledge_element")
    assert list(found.items()) == list(KNOWLEDGE_KINDS.items())


def test_one_body_of_knowledge_keeps_the_origin_of_each_part(knowledge: Framework) -> None:
    origins = {(item.kind, str(item.source)) for item in knowledge.items if item.kind != "statement"}
    assert origins == {
        ("knowledge_field", "000, bijlage 3"),
        ("knowledge_item", "000, bijlage 3"),
        *(
            (kind, f"001 §6, {title}")
            for title, _ in KNOWLEDGE_KINDS.values()
            for kind in ("knowledge_kind", "knowledge_element")
        ),
    }


def test_what_the_documents_explain_is_not_ours_and_what_they_only_name_is(
    knowledge: Framework, dilemmas: Framework
) -> None:
    assert not any(item.own for item in knowledge.of_kind("knowledge_element"))
    assert all(item.own for item in knowledge.children("K3"))
    assert all(item.own for item in dilemmas.of_kind("key_concept"))
    assert not any(item.own for item in dilemmas.items if item.kind != "key_concept")


def test_the_categories_stand_in_order_with_their_cases(dilemmas: Framework) -> None:
    found = _named(dilemmas, "dilemma_category", "dilemma_case")
    assert list(found.items()) == list(CATEGORIES.items())
    for code, (_, cases) in CATEGORIES.items():
        codes = [item.code for item in dilemmas.children(code, "dilemma_case")]
        assert codes == [f"{code}.{n}" for n in range(1, cases + 1)]


@pytest.mark.parametrize("code", LISTED_AS)
def test_a_category_tells_the_other_name_that_the_document_gives_it(dilemmas: Framework, code: str) -> None:
    text = dilemmas.by_code[code].text
    assert text is not None
    assert LISTED_AS[code] in text.nl


@pytest.mark.parametrize("code", KEY_CONCEPTS)
def test_the_key_concepts_stand_with_their_category(dilemmas: Framework, code: str) -> None:
    found = tuple(item.name("nl") for item in dilemmas.children(code, "key_concept"))
    assert found == KEY_CONCEPTS[code]


def test_dilemmas_are_about_how(dilemmas: Framework) -> None:
    first = dilemmas.of_kind("statement")[0]
    assert first.text is not None
    assert "hoe" in first.text.nl
    assert str(first.source) == "000, bijlage 2"


def test_the_tensions_come_from_two_documents(dilemmas: Framework) -> None:
    found = [(item.code, item.source.document) for item in dilemmas.of_kind("tension")]
    assert found == [(f"W{n}", "001") for n in range(1, 5)] + [(f"T{n}", "004") for n in range(1, 7)]


def test_the_tensions_of_the_standard_read_the_same_in_both_packs(dilemmas: Framework) -> None:
    def read(item: Item) -> tuple[object, ...]:
        return (item.code, item.title, item.text, item.source)

    standard = load_builtin("evc-sociaal-werker-mbo").of_kind("tension")
    here = [item for item in dilemmas.of_kind("tension") if item.source.document == "004"]
    assert [read(item) for item in here] == [read(item) for item in standard]
