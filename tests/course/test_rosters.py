"""A roster is read whole or refused whole; ids become folder names."""

from __future__ import annotations

import pytest

from gradesmith.course.rosters import read_roster
from gradesmith.diagnostics import Rejected


@pytest.fixture
def roster(tmp_path):
    """Write a roster and return its path."""

    def written(content):
        path = tmp_path / "students.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def test_students_are_read_in_order(roster):
    """Spaces round values go, missing columns are empty, further columns do not matter."""
    path = roster("id,first_name,email,group\nbob, Bob ,b@example.org,1\nada,Ada\n\ncleo@uni.edu,,,3\n")
    students = read_roster(path)
    assert [(one.id, one.name, one.email) for one in students] == [
        ("bob", "Bob", "b@example.org"),
        ("ada", "Ada", ""),
        ("cleo@uni.edu", "cleo@uni.edu", ""),
    ]


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbfid\r\nada\r\n", b'"id"\n"ada"\n', b"id\rada\r", b"id;email\r\nada;\r\n", b"id\temail\nada\t\n"],
)
def test_a_table_saved_by_another_program_is_read(roster, content):
    """Byte order marks, quotes, other line ends and other separators do not matter."""
    assert [one.id for one in read_roster(roster(content))] == ["ada"]


def test_names_keep_their_letters_and_lose_their_line_breaks(roster):
    """Any script and any sign is a name; a spreadsheet's line break in a field becomes a space."""
    names = ["李明", "عمر الخيام", "می\u200cخواهم", "#import $x$ <b>]]>", "Zoë 🦉"]
    written = "".join(f'n{number},"{name}\nJr."\n' for number, name in enumerate(names))
    assert [one.first_name for one in read_roster(roster(f"id,first_name\n{written}"))] == [
        f"{one} Jr." for one in names
    ]


def test_a_name_with_a_control_character_is_refused(roster):
    """No page could show it; where it stands is told."""
    with pytest.raises(Rejected, match=r"students\.csv:2:5: ada: a character in first_name is no letter"):
        read_roster(roster("id,first_name\nada,A\x07da\n"))


def test_a_roster_of_nobody_is_empty(roster):
    """The column alone is no error."""
    assert read_roster(roster("id\n")) == ()


@pytest.mark.parametrize("name", ["", "..", ".ada", "-ada", "a/b", "a b", "ä", "a\\b", "a" * 101, "=1+1", "a\u200b"])
def test_an_id_that_can_not_name_a_folder_is_refused(roster, name):
    """Letters, digits and a few signs; never a path, never hidden, never endless."""
    with pytest.raises(Rejected, match=r"students\.csv:2:1: .*this id can't name a folder; use letters, digits"):
        read_roster(roster(f"id,email\n{name},x\n"))


def test_every_error_is_listed_at_once(roster):
    """Each with its line: twice the same id, upper and lower case being the same, and an assessment's."""
    with pytest.raises(Rejected) as caught:
        read_roster(roster("id\nada\nbob\nAda\na b\nWT5\n"), taken=iter(["wt5", "quiz"]))
    found = {one.place.line: (one.subject, one.message) for one in caught.value.diagnostics.errors}
    assert found == {
        4: ("Ada", "this id is there twice (upper and lower case are the same)"),
        5: ("a b", "this id can't name a folder"),
        6: ("WT5", "this is the id of an assessment"),
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "there is no column id"),
        (b"name\nada\n", "there is no column id"),
        (b"name;first_name\nada;Ada\n", "there is no column id"),
        (b"id,first_name,id\nada,Ada,bob\n", "the column id is there twice"),
        (b"id,last_name\njohn,Neumann, John von\n", r"students\.csv:2:1: this row has 3 fields, the header 2; put"),
        (b'id,first_name\nada,"Ada\nbob,Bob\n', "this is not CSV"),
        (b"id\n\xff\n", "can't be read"),
        (b'id\n"' + b"a" * 200_000 + b'"\n', "this is not CSV"),
    ],
)
def test_what_is_no_roster_is_refused(roster, content, message):
    """Anything else is a complaint about the file, with a remedy where there is one."""
    with pytest.raises(Rejected, match=message):
        read_roster(roster(content))


def test_a_missing_roster_is_refused(tmp_path):
    """The path is named."""
    with pytest.raises(Rejected, match=r"nobody\.csv:1:1: can't be read"):
        read_roster(tmp_path / "nobody.csv")
