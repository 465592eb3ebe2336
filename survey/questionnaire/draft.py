"""A draft of the next version becomes a published file, or all that is wrong with it is said."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from survey.questionnaire import publication
from survey.questionnaire.checking import problems
from survey.questionnaire.files import order, parse, read
from survey.questionnaire.finding import Finding
from survey.questionnaire.frozen import FORM_KEY
from survey.questionnaire.rules import Raw

STATUS = re.compile(r'^status\s*=\s*"draft"[^\n]*\n', re.MULTILINE)


class Draft(Struct, frozen=True):
    """A checked draft: its form or profile, its version, the one before, and the file it becomes."""

    family: str
    version: str
    before: str | None
    name: str
    content: str


class BrokenDraft(ValueError):
    """A draft that cannot be published, with every reason at once; nothing was written."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


def checked(path: Path, folder: Path) -> Draft:
    """The draft as it would be published beside the files of this folder. Raises BrokenDraft."""
    data = parse(path)
    if isinstance(data, Finding):
        raise BrokenDraft([data])
    family = str(data.get("form") or data.get("profile"))
    if ("form" in data or "profile" in data) and not FORM_KEY.fullmatch(family):
        raise BrokenDraft([_odd_name(path.name, family)])
    version = str(data.get("version"))
    stem = family if "form" in data else f"profile-{family}"
    before = _newest(stem, folder)
    content = STATUS.sub("", path.read_text(encoding="utf-8"), count=1)
    draft = Draft(family, version, before, f"{stem}-{version}", content)
    wrong = [*_not_a_draft(path.name, data), *_not_next(path.name, draft), *_in_the_way(draft, folder)]
    if wrong:
        raise BrokenDraft(wrong)
    with trial(draft, folder) as there:
        if found := problems(there):
            raise BrokenDraft([_named(finding, draft, path.name) for finding in found])
    return draft


@contextmanager
def trial(draft: Draft, folder: Path) -> Iterator[Path]:
    """A copy of the folder, for as long as it is needed, in which this draft stands as if published."""
    with tempfile.TemporaryDirectory() as place:
        there = shutil.copytree(folder, Path(place) / folder.name)
        (there / f"{draft.name}.toml").write_text(draft.content, encoding="utf-8")
        yield there


def publish(draft: Draft, folder: Path) -> None:
    """Write the draft among the published files and freeze it.

    The file comes whole or not at all. When the power goes before the freeze, publishing again completes it.
    """
    fresh = folder / f"{draft.name}.new"
    fresh.write_text(draft.content, encoding="utf-8")
    fresh.replace(folder / f"{draft.name}.toml")
    files = read(folder)
    publication.publish(folder, files.definitions, files.companions)


def _newest(stem: str, folder: Path) -> str | None:
    """The newest version of this form or profile that is frozen."""
    found = sorted((name for name in read(folder).published if name.rpartition("-")[0] == stem), key=order)
    return found[-1].rpartition("-")[2] if found else None


def _not_a_draft(file: str, data: Raw) -> Iterator[Finding]:
    if "form" not in data and "profile" not in data:
        text = "the file names no form and no profile"
        yield Finding(file, "", "nameless", text, 'Write form = "…" or profile = "…" at the top.')
    if data.get("status") != "draft":
        text = f"the status is {data.get('status')}"
        yield Finding(
            file, "status", "no-draft", text, 'Write status = "draft" on a line of its own, at the top.'
        )


def _odd_name(file: str, family: str) -> Finding:
    """The name becomes that of a file, so it is looked at before anything is read or written by it."""
    text = f"{family[:80]!r} cannot be a name"
    return Finding(file, "", "odd-name", text, "Use small letters, with a stroke between words.")


def _not_next(file: str, draft: Draft) -> Iterator[Finding]:
    fitting = ["1.0"]
    if draft.before:
        major, minor = (int(number) for number in draft.before.split("."))
        fitting = [f"{major}.{minor + 1}", f"{major + 1}.0"]
    if draft.version not in fitting:
        text = f"the version is {draft.version}, the newest published one is {draft.before or 'none'}"
        yield Finding(file, "version", "not-next", text, f"Make it {' or '.join(fitting)}.")


def _in_the_way(draft: Draft, folder: Path) -> Iterator[Finding]:
    """A file of that name that nobody froze and that is not what a broken-off publication left."""
    there = folder / f"{draft.name}.toml"
    if there.exists() and there.read_text(encoding="utf-8") != draft.content:
        text = "another file of this name stands among the published ones"
        yield Finding(there.name, "", "in-the-way", text, "Move it away, or check and publish that one.")


def _named(finding: Finding, draft: Draft, file: str) -> Finding:
    return finding._replace(file=file) if finding.file == f"{draft.name}.toml" else finding
