"""The field that holds the signature: invisible on paper, and in the structure tree as PDF/UA-1 asks.

PDF/A-3 wants every annotation to be printed and, unless its rectangle is empty, to have an appearance;
PDF/UA-1 wants a form field to have a readable name and to stand in a ``Form`` element of the structure tree.
A signing library of its own accord does neither.
"""

from __future__ import annotations

from typing import Final

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    TextStringObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.writer import BasePdfFileWriter

FIELD_NAME: Final = "Signature"
_PRINTED_AND_LOCKED: Final = 4 + 128


class NoPlace(Exception):
    """The PDF has no structure tree of the shape that typst writes, so there is no place for a field."""


def language_of(writer: BasePdfFileWriter) -> str:
    """Return the language that the PDF says it is in; "en" where it says none."""
    root = writer.root
    told = root["/Lang"] if "/Lang" in root else None  # noqa: SIM401 - its get() gives the reference itself
    return "nl" if isinstance(told, TextStringObject) and told.lower().startswith("nl") else "en"


def place_field(writer: BasePdfFileWriter, readable: str) -> None:
    """Add an empty signature field to the last page, named ``readable`` for who hears it read.

    Raises NoPlace for a PDF that is not tagged, or that has a form already.
    """
    root = writer.root
    try:
        tree, page = root["/StructTreeRoot"], writer.find_page_for_modification(-1)[0]
        number, numbers = int(tree["/ParentTreeNextKey"]), tree["/ParentTree"]["/Nums"]
        top = _only(tree)
    except (KeyError, ValueError, TypeError) as error:
        raise NoPlace(str(error)) from error
    if "/AcroForm" in root:
        raise NoPlace("there is a form already")

    widget = writer.add_object(_widget(readable, page, number))
    element = writer.add_object(_element(readable, widget, page, top))
    _listed(writer, top.get_object(), "/K").append(element)
    numbers.extend([NumberObject(number), element])
    writer.update_container(numbers)
    tree[pdf_name("/ParentTreeNextKey")] = NumberObject(number + 1)
    writer.update_container(tree)
    _listed(writer, page.get_object(), "/Annots").append(widget)
    root[pdf_name("/AcroForm")] = writer.add_object(
        DictionaryObject({pdf_name("/Fields"): ArrayObject([widget]), pdf_name("/SigFlags"): NumberObject(3)})
    )
    writer.update_root()


def _only(tree: DictionaryObject) -> IndirectObject:
    """Return the element that all others are in: the document."""
    found = tree.raw_get("/K")
    children = tree["/K"]
    if isinstance(children, ArrayObject):
        if len(children) != 1:
            raise ValueError("the structure tree has several tops")
        found = children.raw_get(0)
    if not isinstance(found, IndirectObject) or found.get_object()["/S"] != "/Document":
        raise ValueError("the top of the structure tree is not the document")
    return found


def _listed(writer: BasePdfFileWriter, within: DictionaryObject, key: str) -> ArrayObject:
    """Return the list at ``key``, made where there is none, and see to it that it is written."""
    found = within[key] if key in within else None  # noqa: SIM401 - as above
    if not isinstance(found, ArrayObject):
        one = [within.raw_get(key)] if key in within else []
        found = within[pdf_name(key)] = ArrayObject(one)
        writer.update_container(within)
        return found
    writer.update_container(found)
    return found


def _widget(readable: str, page: IndirectObject, number: int) -> DictionaryObject:
    return DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Sig"),
            pdf_name("/T"): pdf_string(FIELD_NAME),
            pdf_name("/TU"): pdf_string(readable),
            pdf_name("/Rect"): ArrayObject([NumberObject(0)] * 4),
            pdf_name("/F"): NumberObject(_PRINTED_AND_LOCKED),
            pdf_name("/P"): page,
            pdf_name("/StructParent"): NumberObject(number),
        }
    )


def _element(
    readable: str, widget: IndirectObject, page: IndirectObject, top: IndirectObject
) -> DictionaryObject:
    """Return the element of the structure tree that the field stands in."""
    inside = DictionaryObject(
        {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): widget, pdf_name("/Pg"): page}
    )
    return DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): top,
            pdf_name("/Pg"): page,
            pdf_name("/Alt"): pdf_string(readable),
            pdf_name("/K"): ArrayObject([inside]),
        }
    )
