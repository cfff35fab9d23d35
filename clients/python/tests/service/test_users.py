"""A service with users: API keys, roles, login."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.request
from pathlib import Path
from typing import Any

from datapipeline_client import Client, NotAllowed, NotFound, NotSignedIn
from tests.service.packaged_service import PackagedService
from tests.service.shared import AS_IT_IS, ROOT


class UsersTest(unittest.TestCase):
    service: PackagedService
    editor: str
    viewer: str

    @classmethod
    def setUpClass(cls) -> None:
        cls.service = PackagedService(DATAPIPELINE_AUTH="required")
        cls.addClassCleanup(cls.service.stop)
        cls.service.start()
        link = re.search(r"/first-administrator#(\S+)", cls.service.log)
        assert link is not None, cls.service.log
        person = {"secret": link[1], "username": "ada", "password": "correct horse battery"}
        cookie = post(cls.service.url, "first-administrator", person)[1]
        cls.editor, cls.viewer = (
            post(cls.service.url, "api-keys", {"name": role, "role": role}, cookie)[0]["key"]
            for role in ("EDITOR", "VIEWER")
        )

    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.home = Path(temporary.name)

    def test_a_key_decides_what_one_may_do(self) -> None:
        self.assertEqual(Client(self.service.url, self.editor).run(AS_IT_IS, [{"n": 1}]).status, "SUCCEEDED")
        self.assertEqual(len(list(Client(self.service.url, self.viewer).runs())), 1)
        with self.assertRaises(NotAllowed):
            Client(self.service.url, self.viewer).run(AS_IT_IS, [{"n": 1}])
        for wrong in (None, "dpf_0123456789abcdef_" + "A" * 43):
            with self.subTest(wrong=wrong), self.assertRaises(NotSignedIn):
                next(Client(self.service.url, wrong).runs())

    def test_a_project_is_chosen_by_its_name(self) -> None:
        self.assertEqual(list(Client(self.service.url, self.editor, project="default").runs(q="nothing")), [])
        with self.assertRaises(NotFound):
            next(Client(self.service.url, self.editor, project="elsewhere").runs())

    def test_a_login_is_kept_where_only_its_owner_reads(self) -> None:
        refused = self.command("login", self.service.url, stdin="dpf_0123456789abcdef_wrong\n")
        self.assertEqual(refused.returncode, 4)
        self.assertFalse((self.home / "datapipeline").exists())

        login = self.command("login", self.service.url, stdin=self.editor + "\n")
        self.assertEqual(json.loads(login.stdout)["username"], "ada")
        self.assertNotIn(self.editor, login.stdout + login.stderr)
        self.assertEqual((self.home / "datapipeline/credentials.json").stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.command("runs").returncode, 0)
        self.assertEqual(self.command("runs", DATAPIPELINE_API_KEY="dpf_0123456789abcdef_wrong").returncode, 4)

        self.command("logout")
        forgotten = self.command("runs", DATAPIPELINE_URL=self.service.url)
        self.assertEqual(forgotten.returncode, 4)
        self.assertIn("datapipeline login", forgotten.stderr)

    def command(self, *arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        variables = {"PYTHONPATH": str(ROOT / "clients/python"), "XDG_CONFIG_HOME": str(self.home)}
        return subprocess.run(
            [sys.executable, "-m", "datapipeline_client", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            env={**os.environ, **variables, **environment},
        )


def post(url: str, path: str, value: Any, cookie: str = "") -> tuple[Any, str]:
    """The answer and the cookie that it sets."""
    headers = {"Content-Type": "application/json", "Cookie": cookie, "Origin": url}
    request = urllib.request.Request(f"{url}/api/v1/{path}", json.dumps(value).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer), (answer.headers["Set-Cookie"] or "").split(";")[0]
