from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

from datapipeline_client.errors import InvalidInput
from datapipeline_client.files.credentials import Credentials, credentials, credentials_file, forget, remember
from datapipeline_client.http.address import parse_address

ONE = Credentials("https://one.example.com", "dpf_1_one", "sales")
OTHER = Credentials("http://localhost:9000/", "dpf_2_other", None)


class CredentialsTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        before = dict(os.environ)
        self.addCleanup(lambda: (os.environ.clear(), os.environ.update(before)))
        os.environ["XDG_CONFIG_HOME"] = folder.name
        for name in ("DATAPIPELINE_URL", "DATAPIPELINE_API_KEY", "DATAPIPELINE_PROJECT"):
            os.environ.pop(name, None)

    def test_the_last_login_is_used(self) -> None:
        remember(ONE)
        remember(OTHER)

        self.assertEqual(credentials().api_key, "dpf_2_other")
        self.assertEqual(
            credentials("https://one.example.com:443/"), Credentials("https://one.example.com:443/", *ONE[1:])
        )

    def test_a_key_goes_to_its_own_service_only(self) -> None:
        remember(ONE)

        for other in ("http://one.example.com", "https://one.example.com:8443", "https://evil.example.com"):
            with self.subTest(other=other):
                self.assertIsNone(credentials(other).api_key)

    def test_the_environment_goes_before_the_file(self) -> None:
        remember(ONE)
        os.environ.update(DATAPIPELINE_URL="http://ci:1", DATAPIPELINE_API_KEY="dpf_9_ci")

        self.assertEqual(credentials(), Credentials("http://ci:1", "dpf_9_ci", None))

    def test_only_the_own_user_can_read_the_file(self) -> None:
        before = os.umask(0)
        try:
            path = remember(ONE)
        finally:
            os.umask(before)

        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        self.assertEqual(path.parent.stat().st_mode & 0o777, 0o700)

    def test_a_file_that_others_can_read_is_not_used(self) -> None:
        remember(ONE).chmod(0o644)

        with self.assertRaisesRegex(InvalidInput, "chmod 600"):
            credentials()

    def test_a_login_is_forgotten(self) -> None:
        remember(ONE)

        self.assertEqual(forget(), "https://one.example.com")
        self.assertIsNone(forget())
        self.assertEqual(credentials(), Credentials("http://localhost:8080", None, None))
        self.assertNotIn("dpf_1_one", credentials_file().read_text())

    def test_a_damaged_file_is_said(self) -> None:
        path = remember(ONE)
        Path(path).write_text("{")

        with self.assertRaisesRegex(InvalidInput, "log in again"):
            credentials()


class AddressTest(unittest.TestCase):
    def test_addresses(self) -> None:
        for said, url in (
            ("http://localhost:8080", "http://localhost:8080"),
            ("https://Example.com/pipelines/", "https://example.com/pipelines"),
            ("http://[::1]:80", "http://[::1]"),
        ):
            with self.subTest(said=said):
                self.assertEqual(parse_address(said).url, url)

    def test_what_is_none(self) -> None:
        for said in (
            "",
            "localhost:8080",
            "ftp://x",
            "http://",
            "http://x:y",
            "http://x:99999",
            "http://u:p@x",
            "http://x?a=b",
        ):
            with self.subTest(said=said), self.assertRaises(InvalidInput):
                parse_address(said)
