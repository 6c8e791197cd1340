"""backups.archive: nothing but plain members, of plain names, of a sane size."""

import stat
from zipfile import ZIP_BZIP2, ZipFile, ZipInfo

import pytest

from products.backups import archive as archive_module
from products.backups.archive import ArchiveWriter, is_safe_name, open_archive
from products.backups.refusals import BackupRefused
from products.tests.backups.forging import archive_with


def refusal(path):
    with pytest.raises(BackupRefused) as caught, open_archive(path):
        pass
    return str(caught.value)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "backup.zip"


def test_members_come_back_in_parts_and_lines(path):
    with path.open("wb") as stream:
        writer = ArchiveWriter(stream)
        member = writer.add("data/x.jsonl", [b"[1]\n[", b"2]\n"])
        writer.close()
    with open_archive(path) as reader:
        reader.check(member)
        assert list(reader.lines("data/x.jsonl")) == [b"[1]\n", b"[2]\n"]
        assert reader.read_small("data/x.jsonl") == b"[1]\n[2]\n"


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/etc/passwd",
        "media/../../outside",
        "media/./x",
        "media//x",
        "media\\..\\x",
        "C:/x",
        "media/x\n",
        "",
    ],
)
def test_names_that_lead_elsewhere_are_refused(path, name):
    assert not is_safe_name(name)
    if name:
        assert "which no backup of ours does" in refusal(archive_with(path, name))


def test_plain_names_are_taken():
    assert is_safe_name("media/products/é mug-1.webp")


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFDIR]
)
def test_links_and_devices_are_refused(path, kind):
    info = ZipInfo("media/x")
    info.external_attr = (kind | 0o777) << 16
    assert "“media/x”" in refusal(archive_with(path, info, b"/etc/passwd"))


def test_folders_are_refused(path):
    assert "“media/”" in refusal(archive_with(path, "media/", b""))


def test_other_compressions_are_refused(path):
    with ZipFile(path, "w", ZIP_BZIP2) as archive:
        archive.writestr("data/x", b"0" * 1000)
    assert "“data/x”" in refusal(path)


def test_two_members_of_one_name_are_refused(path):
    with ZipFile(path, "w") as archive:
        archive.writestr("data/x", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("data/x", b"2")
    assert "two members of one name" in refusal(path)


def test_a_bomb_is_refused_before_it_is_unpacked(path, monkeypatch):
    monkeypatch.setattr(archive_module, "ALWAYS_ALLOWED", 1_000)
    assert "would unpack to" in refusal(archive_with(path, "data/x", b"0" * 1_000_000))


def test_a_line_without_end_is_refused(path, monkeypatch):
    monkeypatch.setattr(archive_module, "LONGEST_LINE", 100)
    with (
        open_archive(archive_with(path, "data/x", b"0" * 1_000)) as reader,
        pytest.raises(BackupRefused, match="“data/x” in the backup is damaged"),
    ):
        list(reader.lines("data/x"))


def test_damaged_bytes_are_refused(path):
    archive_with(path, ZipInfo("data/x"), b"0123456789")
    content = path.read_bytes()
    path.write_bytes(content.replace(b"0123456789", b"0123456780"))
    with (
        open_archive(path) as reader,
        pytest.raises(BackupRefused, match="The backup is damaged"),
    ):
        reader.read_small("data/x")


def test_what_is_no_archive_is_refused(path):
    path.write_bytes(b"SQLite format 3\0")
    assert "is no backup" in refusal(path)


def test_a_file_that_is_not_there_is_refused(path):
    assert "can't be read" in refusal(path)
