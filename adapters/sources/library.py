"""A library's folder, read whole or refused with the line to mend."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from adapters.sources.library_articles import annotate, read_article
from adapters.sources.library_briefs import read_brief, read_steps
from adapters.sources.library_cards import read_card, read_entities
from adapters.sources.toml_tables import nearest, toml_table
from briefs.article import Approval, Article
from briefs.brief import Brief
from briefs.entity import Entity, EntityCard
from briefs.errors import BrokenLibrary
from briefs.ports import Library

_TOP: Final = "library.toml"
_ENTITIES: Final = "entities"
_OF_AN_ARTICLE: Final = ("article.md", "sentences.toml", "brief.toml", "timeline.toml")
_READ: Final = "article.md, sentences.toml, brief.toml and timeline.toml"
_ENDINGS: Final = (".toml", ".md")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def bundled() -> Traversable:
    """The root of the SAMPLE library that Standfirst brings along."""
    return resources.files("briefs.library")


def read_library(root: Traversable | Path) -> Library:
    """Read a library and hold every line of it against the sentences it cites.

    Args:
        root: the folder that has library.toml; the layout is told in the bundled one.

    Raises:
        BrokenLibrary: the first thing that is wrong: file below the root, line, and what to mend.
    """
    files = _files(root)
    shelf = _Shelf({name: _decoded(name, content) for name, content in files.items()})
    return shelf.library(_edition(files))


def edition_of(root: Traversable | Path) -> str:
    """The edition of the library at `root`, without reading more into its files; see `Library`."""
    return _edition(_files(root))


@dataclass(slots=True)
class _Shelf:
    """The texts of a library's files, by name below its root, and what has been read of them so far."""

    texts: Mapping[str, str]
    sample: bool = False
    articles: dict[str, Article] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    cards: list[EntityCard] = field(default_factory=list)

    def library(self, edition: str) -> Library:
        if _TOP not in self.texts:
            raise BrokenLibrary(_TOP, 1, "The file is missing: a library has it, with “name”, “sample”, “curator” and “approved”.")
        top = toml_table(_TOP, self.texts[_TOP])
        top.only("name", "sample", "curator", "approved")
        name, self.sample = top.text("name"), top.truth("sample", False)
        approval = Approval(top.text("curator"), top.moment("approved"))
        self._refuse_strangers()
        folders = [file.partition("/")[0] for file in self.texts if file.endswith("/article.md")]
        for folder in folders:
            self._take_article(folder)
        self._take_cards(approval)
        briefs = [self._brief(folder, approval) for folder in folders]
        return Library(name, edition, tuple(self.articles.values()), tuple(filter(None, briefs)), tuple(self.cards))

    def _refuse_strangers(self) -> None:
        """A file that nobody reads is a spelling mistake, most likely."""
        for file in self.texts:
            folder, _, name = file.rpartition("/")
            if folder == _ENTITIES:
                if not _SLUG.fullmatch(name.removesuffix(".toml")):
                    raise BrokenLibrary(file, 1, "A card's file has a name like kataeb-hezbollah.toml: small letters, digits, hyphens.")
            elif folder and name not in _OF_AN_ARTICLE:
                raise BrokenLibrary(file, 1, f"This file is not read. Beside an article {_READ} are: {nearest(name, _OF_AN_ARTICLE)}")
            elif folder and f"{folder}/article.md" not in self.texts:
                raise BrokenLibrary(file, 1, f"There is no {folder}/article.md for it to rest on.")

    def _take_article(self, folder: str) -> None:
        file, notes = f"{folder}/article.md", f"{folder}/sentences.toml"
        article = read_article(file, self.texts[file], sample=self.sample)
        if article.handle != folder:
            raise BrokenLibrary(file, _line_of("handle:", self.texts[file]), f"The handle is its folder's name: write handle: {folder}")
        twin = next((other for other in self.articles.values() if other.id == article.id), None)
        if twin:
            raise BrokenLibrary(file, _line_of("id:", self.texts[file]), f"{twin.handle}/article.md is the same article: keep one.")
        self.articles[folder] = annotate(article, notes, self.texts[notes]) if notes in self.texts else article

    def _take_cards(self, approval: Approval) -> None:
        files = {file.removeprefix(f"{_ENTITIES}/").removesuffix(".toml"): file for file in self.texts if file.startswith(f"{_ENTITIES}/")}
        tables = {slug: toml_table(file, self.texts[file]) for slug, file in files.items()}
        self.entities = read_entities(tables)
        self.cards += [
            read_card(entity, tables[slug], self.entities, self.articles, approval=approval, sample=self.sample)
            for slug, entity in self.entities.items()
        ]

    def _brief(self, folder: str, approval: Approval) -> Brief | None:
        file, line = f"{folder}/brief.toml", f"{folder}/timeline.toml"
        if file not in self.texts:
            if line in self.texts:
                raise BrokenLibrary(line, 1, f"A timeline belongs to a brief: write {file} first.")
            return None
        article = self.articles[folder]
        steps = read_steps(line, self.texts[line], article, self.entities) if line in self.texts else ()
        return read_brief(file, self.texts[file], article, approval, self.entities, steps)


def _files(root: Traversable | Path) -> dict[str, bytes]:
    """The library's own files by their names below the root, in order of name."""
    return dict(sorted(_walk(root, "")))


def _walk(folder: Traversable | Path, above: str) -> Iterator[tuple[str, bytes]]:
    if not folder.is_dir():
        raise BrokenLibrary(_TOP, 1, f"There is no folder {folder}.")
    for each in folder.iterdir():
        if each.name.startswith((".", "_")):
            continue
        if each.is_dir():
            yield from _walk(each, f"{above}{each.name}/")
        elif each.name.endswith(_ENDINGS) and not each.name.upper().startswith("README"):
            yield f"{above}{each.name}", each.read_bytes()


def _edition(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BrokenLibrary(name, line, "A character here is not UTF-8: save the file as UTF-8.") from error


def _line_of(key: str, text: str) -> int:
    return next((number for number, line in enumerate(text.split("\n"), start=1) if line.startswith(key)), 1)
