"""What becomes of an entry, as a table: which kinds of entry have which place among our evidence, and why.

By what Mahara calls it where it says so, or else by its type in Leap2A.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bekwaam.domain.portfolio.leap2a.model import Entry
from bekwaam.wording import N_


class Way(StrEnum):
    """What an entry becomes."""

    TEXT = "text"  # a story: all of it under the situation, the other parts still to be told
    FILE = "file"
    WORK = "work"  # job or volunteer work
    DIPLOMA = "diploma"
    PRODUCT = "product"
    PLAN = "plan"  # a story too, with its tasks as a list
    PART = "part"  # goes along with another entry: an employer with a job, a task with its plan
    PAGE = "page"
    FOLDER = "folder"
    PROFILE = "profile"
    OTHERS = "others"
    MESSAGE = "message"


# Why something does not come along.
LEFT_WHY: Final[dict[Way, str]] = {
    Way.PAGE: N_("A page itself does not come along. The texts and files that stand on it do."),
    Way.FOLDER: N_("A folder does not come along. The files in it do."),
    Way.PROFILE: N_("Details about a person, such as your profile, are no evidence."),
    Way.OTHERS: N_("Somebody else wrote this. Ask them for a confirmation here; that is worth more."),
    Way.MESSAGE: N_("Messages are no evidence."),
}

_MAHARA: Final[dict[str, Way]] = {
    # What somebody told. A journal entry is told work more often than anything else, so it becomes a story
    # that one can go on with; its five parts cannot be guessed and are not.
    "blogpost": Way.TEXT,
    "html": Way.TEXT,
    "textbox": Way.TEXT,
    "annotation": Way.TEXT,
    "introduction": Way.TEXT,
    # Written about oneself, in a résumé. Goals have no place of their own among evidence; as a text they
    # are not lost.
    "coverletter": Way.TEXT,
    "interest": Way.TEXT,
    "careergoal": Way.TEXT,
    "academicgoal": Way.TEXT,
    "personalgoal": Way.TEXT,
    "workskill": Way.TEXT,
    "academicskill": Way.TEXT,
    "personalskill": Way.TEXT,
    "plan": Way.PLAN,
    "task": Way.PART,
    # Files, whatever they are: what they hold decides here, not what they are called.
    "file": Way.FILE,
    "image": Way.FILE,
    "video": Way.FILE,
    "audio": Way.FILE,
    "archive": Way.FILE,
    "profileicon": Way.PROFILE,
    # The rows of a résumé.
    "pseudo:employmenthistory": Way.WORK,
    "pseudo:educationhistory": Way.DIPLOMA,
    "pseudo:certification": Way.DIPLOMA,
    "pseudo:book": Way.PRODUCT,
    # A membership is no statement, for nobody else says anything in it. It is time given to an organisation.
    "pseudo:membership": Way.WORK,
    # The headings above those rows.
    "employmenthistory": Way.PART,
    "educationhistory": Way.PART,
    "certification": Way.PART,
    "book": Way.PART,
    "membership": Way.PART,
    # A journal goes along by name with each of its entries.
    "blog": Way.PART,
    "folder": Way.FOLDER,
    "internal": Way.PROFILE,
    "industry": Way.PROFILE,
    "occupation": Way.PROFILE,
    "socialprofile": Way.PROFILE,
    "comment": Way.OTHERS,
    "annotationfeedback": Way.OTHERS,
    "peerassessment": Way.OTHERS,
    "verification": Way.OTHERS,
    "multirecipientnotification": Way.MESSAGE,
}

_LEAP: Final[dict[str, Way]] = {
    "entry": Way.TEXT,
    "ability": Way.TEXT,
    "meeting": Way.TEXT,
    "activity": Way.TEXT,
    "achievement": Way.DIPLOMA,
    "affiliation": Way.WORK,
    "publication": Way.PRODUCT,
    "resource": Way.FILE,
    "plan": Way.PLAN,
    "organization": Way.PART,
    "person": Way.PROFILE,
}

# What a selection gathers, where it says so; without a word it is a page.
_SELECTIONS: Final[dict[str, Way]] = {"blog": Way.PART, "grouping": Way.PART, "folder": Way.FOLDER}

# What an activity is when it says which part of life it belongs to.
_LIFE_AREAS: Final[dict[str, Way]] = {"work": Way.WORK, "education": Way.DIPLOMA}


def way_of(entry: Entry) -> Way:
    """Return what becomes of an entry; what nobody knows is taken as a text, so that it is not lost."""
    if entry.leap == "organization":
        return Way.PART
    if entry.mahara == "pseudo:educationhistory" and entry.leap == "achievement":
        return Way.PART  # Mahara writes the level of a study as an entry of its own
    if entry.mahara in _MAHARA:
        return _MAHARA[entry.mahara]
    if entry.leap == "selection":
        return _SELECTIONS.get(entry.categories.get("selection_type", "").lower(), Way.PAGE)
    if entry.leap == "activity":
        return _LIFE_AREAS.get(entry.categories.get("life_area", "").lower(), Way.TEXT)
    return _LEAP.get(entry.leap, Way.TEXT)


# What Mahara gives no better title than its own word for the field.
FIELD_NAMES: Final[dict[str, str]] = {
    "coverletter": N_("Cover letter"),
    "interest": N_("Interests"),
    "careergoal": N_("Goals in my career"),
    "academicgoal": N_("Goals in my studies"),
    "personalgoal": N_("Personal goals"),
    "workskill": N_("What I can do in my work"),
    "academicskill": N_("What I can do in my studies"),
    "personalskill": N_("What I can do as a person"),
    "introduction": N_("About me"),
    "internal": N_("About me"),
}
