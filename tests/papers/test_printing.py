"""What stands on a printed paper, on its key, and what never does."""

from __future__ import annotations

import io
import re
import stat
import sys
import zipfile

import pytest
from pypdf import PdfReader

from gradesmith.errors import GradesmithError, NotFound, Unreleased
from gradesmith.model.interactions import Choice
from gradesmith.papers import pandoc
from gradesmith.papers.content import key_of, paper_of, words_in
from gradesmith.papers.rendering import pictures_in, render
from gradesmith.papers.source import Print, papers_source
from gradesmith.papers.typesetting import pdf
from gradesmith.workflows import paper as workflow
from gradesmith.workflows.assemble import make_form
from gradesmith.workflows.paper import Document, Order, print_papers
from tests.papers.conftest import STUDENTS, read

FORMATS = ("pdf", "html", "docx")
SECRETS = (
    "Misconception-of",
    "Rubric-",
    "Model-answer-",
    "reference_solution",
    "secret_oracle",
    "Because it is so",
    "0.843299",
    "Fresh numbers",
)


def text_of(path) -> str:
    """Return everything that can be read in a file, whatever its format."""
    if path.suffix == ".pdf":
        return read(path).text
    if path.suffix == ".html":
        return path.read_text()
    with zipfile.ZipFile(path) as parts:
        return " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def printed_pdf(form, how=None, **changes):
    """Print a form that no course has."""
    papers = [paper_of(form, **changes)]
    texts = tuple(dict.fromkeys(words_in(papers)))
    rendered = render(texts, "typst")
    return pdf(papers_source(papers, rendered, how or Print()), pictures_in(texts)), rendered


def with_prompt(form, prompt, files=()):
    """Return a form whose first question has another prompt."""
    first = form.slots[0]
    variant = first.variant.but(prompt=prompt, files=files)
    return form.but(items=tuple(one.but(variant=variant) if one is first else one for one in form.items))


def test_a_paper_has_every_question_option_and_field(printed, frozen):
    """Prompts, options, quantities, starters and points: what a student needs to answer."""
    text = read(printed(student="ada")).text
    for number, slot in enumerate(frozen.slots, start=1):
        assert f"Question {number}" in text
        assert slot.variant.prompt.split("\n")[0].replace("`", "") in text
        for part in slot.variant.parts:
            if isinstance(part.interaction, Choice):
                assert all(f"{one.letter} {one.text}" in text for one in part.interaction.options)
    assert [text.count(f"{points} points") for points in (5, 7, 14)] == [1, 1, 1]
    assert "Judgement (2 points)" in text
    assert all(quantity in text for quantity in ("Accuracy", "Precision", "Recall", "Specificity"))
    assert "def double(x): ..." in text


@pytest.mark.parametrize("document", [Document.PAPER, Document.KEY])
def test_every_page_bears_its_number_and_the_code_of_the_form(printed, document):
    """Loose sheets find their way back."""
    pages = read(printed(document)).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert "A quiz · form A" in page
        assert f"page {number} of {len(pages)}" in page


@pytest.mark.parametrize("kind", FORMATS)
def test_no_key_is_on_a_paper(printed, kind):
    """Not a reason, not a rubric, not a solution, not a hidden check, in no format."""
    text = text_of(printed(kind=kind))
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Seven of nine" in text


@pytest.mark.parametrize("kind", FORMATS)
def test_a_key_has_all_of_it(printed, kind):
    """Right letters, reasons, right numbers, the solution, what its checks are worth, rubric and model answer."""
    text = text_of(printed(Document.KEY, kind))
    wanted = [one for one in SECRETS if one != "secret_oracle"]
    assert [one for one in (*wanted, "Two doubled is four", "KEY", "screening, version") if one not in text] == []


def test_every_page_of_a_key_says_so(printed):
    """Nobody hands one out by mistake."""
    assert all("KEY" in page for page in read(printed(Document.KEY)).pages)
    assert "KEY" not in read(printed()).text


def test_right_options_are_marked_in_the_key(frozen):
    """The circle is filled, not only named."""
    (choice, *_) = [slot for slot in frozen.slots if isinstance(slot.variant.parts[0].interaction, Choice)]
    (right,) = choice.variant.parts[0].key.letters
    source = papers_source([key_of(frozen)], render(words_in([key_of(frozen)]), "typst"), Print())
    assert re.search(rf'\("{right}", w\d+, true\)', source)
    assert "true), " not in papers_source([paper_of(frozen)], render(words_in([paper_of(frozen)]), "typst"), Print())


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_a_paper_has_the_size_that_is_asked_for(printed, size, points):
    """A4 where most of the world is, Letter elsewhere."""
    box = read(printed(how=Print(size=size))).reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == points


def test_a_class_is_printed_in_the_order_of_the_roster(printed):
    """Each paper begins on a sheet of its own, bears a name on each page, and counts its own pages."""
    pages = read(printed(whole_class=True, how=Print(duplex=True))).pages
    begins = [number for number, page in enumerate(pages) if "page 1 of" in page]
    assert len(begins) == len(STUDENTS)
    assert [begin % 2 for begin in begins] == [0, 0, 0]
    for student, begin, end in zip(STUDENTS, begins, [*begins[1:], len(pages)], strict=True):
        assert all(student.name in page and student.id in page for page in pages[begin:end])


def test_a_paper_is_tagged_and_says_its_formulas_and_pictures(frozen):
    """Who hears a paper is read its structure, and the words for what can't be read out."""
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    files = ({"name": "plot.png", "content": pixel},)
    made, _ = printed_pdf(with_prompt(frozen, "See ![a rising line](plot.png) and $x_1 \\le 2$.", files))
    root = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert {"a rising line", "x_1 \\le 2"} <= set(alt_texts(root["/StructTreeRoot"]))


def alt_texts(element):
    """Yield the alternative texts in the structure of a PDF."""
    element = element.get_object()
    if isinstance(element, list):
        for one in element:
            yield from alt_texts(one)
    elif isinstance(element, dict):
        if "/Alt" in element:
            yield str(element["/Alt"])
        if "/K" in element:
            yield from alt_texts(element["/K"])


def test_what_a_text_says_is_never_run(frozen, tmp_path):
    """Typst, HTML, raw blocks, files of the computer: all of it is words on the paper."""
    prompt = """\
#panic("ran") #include "/etc/passwd" $x$#panic() <script>alert(1)</script>

```{=typst}
#panic("ran")
```

`#panic()`{=typst} ![the secret file](/etc/passwd) ![far](https://example.org/x.png) [here](file:///etc/passwd) \\"""
    form = with_prompt(frozen, prompt)
    made, _ = printed_pdf(form, rules="#panic() <b>*mine*</b>")
    path = tmp_path / "paper.pdf"
    path.write_bytes(made)
    text = read(path).text
    wanted = ('#panic("ran")', "<script>alert(1)</script>", "[the secret file]", "[far]", "here (file:///etc/passwd)")
    assert [words for words in wanted if words not in text] == []
    assert "#panic() <b>mine</b>" in text
    page = workflow.paper_page(paper_of(form), render(words_in([paper_of(form)]), "html"), Print())
    assert "<script>" not in page
    assert not re.search(r"(src|href)\s*=\s*[\"'](?!data:)", page)


def test_code_stays_whole_and_none_of_it_is_lost(frozen, tmp_path):
    """A listing goes to the next page rather than break; one that no page can hold breaks."""
    for lines in (20, 120):
        code = "\n".join(f"line_{number:03} = {number}" for number in range(lines))
        prompt = "Filler.\n\n" * 12 + f"```python\n{code}\n```\n"
        path = tmp_path / f"{lines}.pdf"
        path.write_bytes(printed_pdf(with_prompt(frozen, prompt))[0])
        pages = read(path).pages
        with_code = [page for page in pages if "line_" in page]
        assert len(re.findall(r"line_\d+", " ".join(pages))) == lines
        assert (len(with_code) == 1) is (lines == 20)


def test_a_formula_that_pandoc_does_not_know_is_told(frozen, tmp_path):
    """It is printed as it is written, and the instructor hears of it."""
    made, rendered = printed_pdf(with_prompt(frozen, "What is $\\nonsense{x}$?"))
    assert rendered.unset == ("\\nonsense{x}",)
    (tmp_path / "p.pdf").write_bytes(made)
    assert "$\\nonsense{x}$" in read(tmp_path / "p.pdf").text


def test_what_lies_beside_the_gradebook_is_its_owners_alone(course, tmp_path):
    """A key beside the gradebook is as closed as that; where it is to go elsewhere, whoever says so minds it."""
    (key,) = print_papers(course, Order(assessment="quiz", documents=(Document.KEY,)), pytest.fail)
    (paper,) = print_papers(course, Order(assessment="quiz", folder=tmp_path / "out"), pytest.fail)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (key, paper)] == [0o600, 0o644]


def test_the_same_form_gives_the_same_bytes(frozen):
    """What is printed twice is the same paper."""
    assert printed_pdf(frozen)[0] == printed_pdf(frozen)[0]


def test_large_print_is_larger(printed):
    """The same paper takes more pages."""
    practical = {"assessment": "practice"}
    assert len(read(printed(how=Print(large=True), **practical)).pages) > len(read(printed(**practical)).pages)


def test_a_page_needs_no_other_file(printed):
    """HTML holds its style and its mathematics, fetches nothing, and prints with page numbers."""
    page = printed(kind="html", student="ada", how=Print(size="letter")).read_text()
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)\s*=", page)
    assert "size: letter" in page
    assert 'content: "A quiz · form A"' in page
    assert "counter(page)" in page
    assert "Löwe &#34;#panic()&#34; &lt;b&gt;" in page


def test_a_word_file_has_its_size_footer_and_answer_lines(printed):
    """Form code, page x of y, Letter, lines to write on; code, and options with their prompt, are kept together."""
    with zipfile.ZipFile(printed(kind="docx", student="ada", how=Print(size="letter"))) as parts:
        document, footer, styles = (
            parts.read(f"word/{name}.xml").decode() for name in ("document", "footer1", "styles")
        )
    assert "A quiz · form A" in footer
    assert all(field in footer for field in (" PAGE ", " NUMPAGES "))
    assert "Löwe &quot;#panic()&quot; &lt;b&gt;" in footer
    assert re.search(r'w:pgSz [^>]*w:w="12240"', document)
    assert document.count('w:val="AnswerLine"') > 20
    assert re.search(r'w:styleId="SourceCode".{1,200}w:keepLines', styles, re.DOTALL)
    assert re.search(r'w:val="LeadingOn".{1,300}Which is largest', document, re.DOTALL)
    assert re.search(r'w:styleId="LeadingOn".{1,200}w:keepNext', styles, re.DOTALL)


def test_narrative_and_code_of_a_practical_are_printed(printed):
    """What leads to a task is part of it."""
    text = read(printed(assessment="practice")).text
    assert all(words in text for words in ("Read this first.", "numbers = [1, 2, 3]", "Task 1", "Task 2", "form A"))


def test_before_its_release_a_paper_is_made_from_the_bank(small):
    """That is said, as the released form may be another."""
    said = []
    (path,) = print_papers(small.directory, Order(assessment="quiz"), said.append)
    assert path == small.directory.papers / "quiz-A.pdf"
    assert said == ["form A of quiz is not released: it is made from the bank as it stands now"]


def test_the_frozen_form_is_printed_whatever_becomes_of_the_bank(course):
    """A bank edit after release changes no paper."""
    path = course.bank / "unit1" / "choice.yaml"
    path.write_text(path.read_text().replace("Which is largest?", "Which is the very largest?"))
    (printed,) = print_papers(course, Order(assessment="quiz"), pytest.fail)
    assert "Which is largest?" in read(printed).text


@pytest.mark.parametrize(
    ("order", "error", "said"),
    [
        ({"form": "Z"}, NotFound, 'quiz has no form "Z"\n  there are A'),
        ({"student": "zoe"}, NotFound, 'nobody is called "zoe"\n  gradesmith roster list'),
        ({"assessment": "practice", "student": "ada"}, Unreleased, 'no assessment "practice" has been released'),
        ({"assessment": "quizz"}, NotFound, "quiz"),
        ({"whole_class": True, "formats": ("docx",)}, GradesmithError, "the papers of a class are one PDF"),
        ({"documents": (Document.SHEET,), "formats": ("html",)}, GradesmithError, "an answer sheet is a PDF"),
    ],
)
def test_what_can_not_be_printed_is_said(course, order, error, said):
    """With what to do about it, and without a file."""
    with pytest.raises(error) as caught:
        print_papers(course, Order(**{"assessment": "quiz", **order}), lambda words: None)
    assert said in str(caught.value)
    assert not course.papers.exists()


@pytest.mark.parametrize("missing", ["typst", "pypandoc"])
def test_without_the_extra_the_way_to_get_it_is_said(course, monkeypatch, missing):
    """And nothing is written."""
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(GradesmithError) as caught:
        print_papers(course, Order(assessment="quiz"), pytest.fail)
    assert str(caught.value).endswith("pip install 'gradesmith[papers]'")
    assert not course.papers.exists()


def test_when_one_document_fails_none_is_written(course, monkeypatch):
    """A key without its answer sheet would be half an order."""

    def fails(*_):
        raise GradesmithError("no sheet")

    monkeypatch.setattr(workflow, "sheets_source", fails)
    with pytest.raises(GradesmithError, match="no sheet"):
        print_papers(course, Order(assessment="quiz", documents=(Document.KEY, Document.SHEET)), pytest.fail)
    assert not course.papers.exists()


def test_a_failure_of_pandoc_is_told(monkeypatch):
    """Not hidden behind an empty page."""
    monkeypatch.setattr(pandoc, "_program", lambda: "false")
    with pytest.raises(GradesmithError, match="pandoc did not do its work"):
        pandoc.convert([pandoc.Markdown(text="x")], "html")


def test_a_shipped_test_prints_with_all_its_words(shipped, tmp_path):
    """Mathematics is understood, and plain prompts and options stand there word for word."""
    form = make_form(shipped, "wt1")
    made, rendered = printed_pdf(form)
    assert rendered.unset == ()
    (tmp_path / "p.pdf").write_bytes(made)
    text = read(tmp_path / "p.pdf").text.replace("- ", "")
    options = [
        option.text
        for slot in form.slots
        for part in slot.variant.parts
        if isinstance(part.interaction, Choice)
        for option in part.interaction.options
    ]
    plain = [one for one in options if not set("$`*-") & set(one)]
    assert len(plain) > 20
    assert [one for one in plain if one not in text] == []
