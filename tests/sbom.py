"""What is in the bot, as a CycloneDX list (`make sbom`): made from the lock and from nothing else, the same every time."""

import sys
from collections.abc import Sequence
from pathlib import Path

from cyclonedx.contrib.hash.factories import HashTypeFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from bot import __version__
from tests.locks import REPOSITORY, Locked, read

FILE = REPOSITORY / "sbom.cdx.json"
US = "standfirst"
MARKER = f"{US}:marker"  # for which Pythons and systems a version is meant


def bom(locked: Sequence[Locked]) -> Bom:
    """The list: every locked package with the hashes of its files, and which package asks for which."""
    made = Bom()
    # A number drawn and the moment of making would make each list another one.
    made.serial_number = made.metadata.timestamp = None  # the standard leaves both out gladly
    ours = Component(name=US, version=__version__, type=ComponentType.APPLICATION, bom_ref=US)
    made.metadata.component = ours
    parts = {(line.name, line.version): _component(line) for line in locked}
    for part in parts.values():
        made.components.add(part)
    named = {US: [ours]} | {line.name: [parts[key] for key in parts if key[0] == line.name] for line in locked}
    for line in locked:
        for asking in (asking for via in line.via for asking in named[via]):
            made.register_dependency(asking, [parts[line.name, line.version]])
    return made


def written(made: Bom) -> str:
    """The list as JSON.

    Raises:
        ValueError: it is not as CycloneDX 1.6 wants it.
    """
    text = JsonV1Dot6(made).output_as_string(indent=2)
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"The list is not as CycloneDX wants it: {error}")
    return text + "\n"


def _component(line: Locked) -> Component:
    address = PackageURL("pypi", None, line.name, line.version)
    hashes = [HashTypeFactory().from_composite_str(told) for told in line.hashes]
    # Each hash is of another file of the same version: they belong to where it comes from, not to the package as such.
    comes_from = ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=XsUri(str(address)), hashes=hashes)
    marker = [Property(name=MARKER, value=str(line.requirement.marker))] if line.requirement.marker else []
    return Component(
        name=line.name,
        version=line.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(address),
        purl=address,
        external_references=[comes_from],
        properties=marker,
    )


def main(given: Sequence[str]) -> None:
    """Write it, to the file named or to `sbom.cdx.json`."""
    file = Path(given[0]) if given else FILE
    locked = read(REPOSITORY / "requirements.lock")
    file.write_text(written(bom(locked)), encoding="utf-8")
    print(f"{file}: {len(locked)} packages, CycloneDX 1.6")


if __name__ == "__main__":
    main(sys.argv[1:])
