"""Which requests are sent again, and which never are."""

from __future__ import annotations

import json
import os
import socket
import tempfile
import unittest
from pathlib import Path

from datapipeline_client.errors import (
    AnswerLost,
    InvalidInput,
    NotFound,
    NotSignedIn,
    RequestRefused,
    ServiceUnreachable,
)
from datapipeline_client.files.saving import replaced
from datapipeline_client.files.uploads import upload_of
from datapipeline_client.http.exchange import Answer
from datapipeline_client.http.service import Service
from tests.scripted_server import ScriptedServer, answer, cut_off, hang_up

PROBLEM = json.dumps({"status": 404, "code": "NOT_FOUND", "detail": "There is no such run."}).encode()


def service_of(server: ScriptedServer, key: str | None = None, patience: float = 10) -> Service:
    return Service(server.url, key, patience=patience, sleep=lambda seconds: None)


class RepetitionTest(unittest.TestCase):
    def test_get_is_repeated_when_the_connection_breaks(self) -> None:
        with ScriptedServer(hang_up, cut_off(b'{"a"', 10), answer(200, b'{"a":1}')) as server:
            self.assertEqual(service_of(server).get("/x"), {"a": 1})

    def test_post_is_not_repeated_when_its_answer_is_lost(self) -> None:
        with ScriptedServer(hang_up, answer(200)) as server:
            with self.assertRaises(AnswerLost):
                service_of(server).post("/retry", {})

            self.assertEqual(len(server.received), 1)

    def test_post_is_repeated_when_the_service_refuses_it_for_now(self) -> None:
        with ScriptedServer(answer(503), answer(429, Retry_After=1), answer(200, b"[1]")) as server:
            self.assertEqual(service_of(server).post("/retry", {}), [1])

    def test_a_quota_that_is_used_up_is_not_waited_for(self) -> None:
        with ScriptedServer(answer(429, b'{"code": "QUOTA_REACHED"}')) as server:
            with self.assertRaises(RequestRefused) as refused:
                service_of(server).get("/x")

            self.assertEqual(refused.exception.code, "QUOTA_REACHED")

    def test_post_is_not_repeated_when_a_proxy_lost_its_answer(self) -> None:
        with ScriptedServer(answer(502, b"<html>")) as server, self.assertRaises(RequestRefused) as refused:
            service_of(server).post("/retry", {})

        self.assertIn("502", str(refused.exception))

    def test_what_has_an_idempotency_key_is_repeated_with_the_same_key_and_body(self) -> None:
        upload = upload_of({"n": n} for n in range(3))
        with ScriptedServer(hang_up, answer(504), answer(201, b'{"id":"7"}')) as server:
            self.assertEqual(service_of(server).create("/datasets", upload.body), {"id": "7"})

            self.assertEqual(len({request.header("Idempotency-Key") for request in server.received}), 1)
            self.assertEqual({request.body for request in server.received}, {b'{"n":0}\n{"n":1}\n{"n":2}\n'})
        upload.body.close()

    def test_two_calls_have_two_idempotency_keys(self) -> None:
        with ScriptedServer(answer(201), answer(201)) as server:
            for _ in range(2):
                upload = upload_of([{}])
                service_of(server).create("/datasets", upload.body)
                upload.body.close()

            first, second = (request.header("Idempotency-Key") for request in server.received)
            self.assertNotEqual(first, second)

    def test_a_service_that_is_not_there_is_given_up(self) -> None:
        free = socket.create_server(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        with self.assertRaisesRegex(ServiceUnreachable, f"127.0.0.1:{port} cannot be reached"):
            Service(f"http://127.0.0.1:{port}", patience=0).get("/x")

    def test_patience_ends(self) -> None:
        with ScriptedServer(*[answer(503, PROBLEM, Retry_After=600)]) as server, self.assertRaises(RequestRefused):
            service_of(server).get("/x")


class ErrorTest(unittest.TestCase):
    def test_an_error_carries_the_problem_document(self) -> None:
        with ScriptedServer(answer(404, PROBLEM)) as server, self.assertRaises(NotFound) as refused:
            service_of(server).get("/x")

        self.assertEqual(refused.exception.code, "NOT_FOUND")
        self.assertEqual(refused.exception.status, 404)
        self.assertEqual(str(refused.exception), "There is no such run. (NOT_FOUND)")

    def test_an_error_names_what_is_wrong_where(self) -> None:
        problem = {"detail": "Invalid.", "errors": [{"pointer": "/steps/0", "message": "must have a name"}]}
        with (
            ScriptedServer(answer(400, json.dumps(problem).encode())) as server,
            self.assertRaises(RequestRefused) as refused,
        ):
            service_of(server).get("/x")

        self.assertEqual(str(refused.exception), "Invalid.\n  /steps/0 must have a name")

    def test_an_answer_that_is_no_json_comes_from_another_service(self) -> None:
        said = "another service.*<html>Welcome"
        with ScriptedServer(answer(200, b"<html>Welcome")) as server, self.assertRaisesRegex(ServiceUnreachable, said):
            service_of(server).get("/x")

    def test_an_error_without_a_document_says_its_status(self) -> None:
        with ScriptedServer(answer(401, b"")) as server, self.assertRaisesRegex(NotSignedIn, "401"):
            service_of(server).get("/x")

    def test_a_redirection_is_told_and_the_key_is_not_sent_there(self) -> None:
        with ScriptedServer(answer(301, Location="https://elsewhere/")) as server:
            with self.assertRaisesRegex(RequestRefused, "https://elsewhere/"):
                service_of(server, "dpf_1_secret").get("/x")

            self.assertEqual(server.received[0].header("Authorization"), "Bearer dpf_1_secret")


class UploadTest(unittest.TestCase):
    def test_a_refusal_in_the_middle_of_an_upload_is_read(self) -> None:
        problem = b'{"code": "INVALID_JSON", "detail": "Line 1."}'
        records = ({"text": "x" * 1000} for _ in range(20_000))
        upload = upload_of(records)
        with ScriptedServer(answer(400, problem), early=True) as server, self.assertRaises(RequestRefused) as refused:
            service_of(server).create("/datasets", upload.body)

        self.assertEqual(refused.exception.code, "INVALID_JSON")
        upload.body.close()

    def test_an_error_of_the_iterator_reaches_the_caller(self) -> None:
        def records():
            yield {"n": 1}
            raise OSError("the source is gone")

        upload = upload_of(records())
        with ScriptedServer(answer(201)) as server, self.assertRaisesRegex(OSError, "the source is gone"):
            service_of(server).create("/datasets", upload.body)
        upload.body.close()

    def test_a_file_is_sent_as_it_is_with_its_length(self) -> None:
        with tempfile.TemporaryDirectory() as folder, ScriptedServer(answer(201)) as server:
            path = Path(folder, "orders.CSV.gz")
            path.write_bytes(bytes(range(256)) * 4000)
            upload = upload_of(path)
            sent: list[int] = []
            service_of(server).create("/datasets", upload.body, {"name": upload.name}, sent.append)
            upload.body.close()

            request = server.received[0]
            self.assertEqual(request.request_line, "POST /datasets?name=orders.CSV.gz HTTP/1.1")
            self.assertEqual(request.body, path.read_bytes())
            self.assertEqual(request.header("Content-Length"), "1024000")
            self.assertEqual(request.header("Content-Type"), "text/csv")
            self.assertEqual(sent[-1], 1024000)

    def test_a_file_that_becomes_shorter_is_an_error(self) -> None:
        with tempfile.TemporaryDirectory() as folder, ScriptedServer(hang_up, early=True) as server:
            path = Path(folder, "orders.csv")
            path.write_bytes(b"x" * 600_000)
            upload = upload_of(path)
            path.write_bytes(b"x")
            with self.assertRaisesRegex(InvalidInput, "shorter"):
                service_of(server).create("/datasets", upload.body)
            upload.body.close()


class DownloadTest(unittest.TestCase):
    def test_lines_go_on_where_the_connection_broke(self) -> None:
        whole = b'{"n":0}\n{"n":1}\n{"n":2}\n'
        with ScriptedServer(cut_off(whole[:18], len(whole)), hang_up, answer(200, whole)) as server:
            lines = list(service_of(server).lines("/results", {}, lambda: True))

        self.assertEqual(lines, [b'{"n":0}', b'{"n":1}', b'{"n":2}'])

    def test_lines_do_not_go_on_where_the_answer_is_another_one_now(self) -> None:
        with ScriptedServer(cut_off(b"a\nb\n", 8)) as server, self.assertRaises(AnswerLost):
            list(service_of(server).lines("/results", {}, lambda: False))

    def test_a_file_begins_anew_and_is_never_half(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "results.csv")
            with ScriptedServer(cut_off(b"half", 8), answer(200, b"halfhalf")) as server:
                service_of(server).download("/results", {}, lambda reply: save(reply, path))

            self.assertEqual(path.read_bytes(), b"halfhalf")
            self.assertEqual([file.name for file in Path(folder).iterdir()], ["results.csv"])

    def test_a_download_that_fails_leaves_the_file_as_it_was(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "results.csv")
            path.write_bytes(b"yesterday")
            with ScriptedServer(cut_off(b"half", 8)) as server, self.assertRaises(AnswerLost):
                service_of(server, patience=0).download("/results", {}, lambda reply: save(reply, path))

            self.assertEqual(path.read_bytes(), b"yesterday")
            self.assertEqual(len(list(Path(folder).iterdir())), 1)

    def test_chunks_without_the_last_one_are_not_whole(self) -> None:
        def without_end(connection: socket.socket) -> None:
            connection.sendall(b"HTTP/1.1 200 Said\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")

        with ScriptedServer(without_end) as server, self.assertRaises(AnswerLost):
            service_of(server, patience=0).get("/x")

    def test_an_unchanged_document_is_not_read_again(self) -> None:
        with ScriptedServer(answer(200, b"[1]", ETag='"a"'), answer(304, b"")) as server:
            service = service_of(server)
            self.assertEqual(service.get_if_changed("/run", None), ([1], '"a"'))
            self.assertEqual(service.get_if_changed("/run", '"a"'), (None, '"a"'))

            self.assertEqual(server.received[1].header("If-None-Match"), '"a"')


class ProxyTest(unittest.TestCase):
    def setUp(self) -> None:
        before = dict(os.environ)
        self.addCleanup(lambda: (os.environ.clear(), os.environ.update(before)))
        for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
            del os.environ[name]

    def test_a_proxy_is_asked_for_the_whole_address(self) -> None:
        with ScriptedServer(answer(200)) as proxy:
            os.environ["http_proxy"] = proxy.url.replace("//", "//ada:p%40ss@")
            Service("http://pipelines.example.com/here").get("/x")

            self.assertEqual(proxy.received[0].request_line, "GET http://pipelines.example.com/here/x HTTP/1.1")
            self.assertEqual(proxy.received[0].header("Host"), "pipelines.example.com")
            self.assertEqual(proxy.received[0].header("Proxy-Authorization"), "Basic YWRhOnBAc3M=")

    def test_an_encrypted_connection_goes_through_a_tunnel(self) -> None:
        with ScriptedServer(answer(403)) as proxy:
            os.environ["https_proxy"] = proxy.url
            with self.assertRaisesRegex(ServiceUnreachable, "through the proxy 127.0.0.1"):
                Service("https://pipelines.example.com", patience=0).get("/x")

            self.assertIn("CONNECT pipelines.example.com:443", proxy.received[0].request_line)

    def test_some_addresses_go_past_the_proxy(self) -> None:
        os.environ.update(http_proxy="http://127.0.0.1:9", no_proxy="localhost,127.0.0.1")
        with ScriptedServer(answer(200)) as server:
            self.assertEqual(service_of(server).get("/x"), {})


class HeaderTest(unittest.TestCase):
    def test_the_project_is_in_every_request(self) -> None:
        with ScriptedServer(answer(200)) as server:
            Service(server.url, None, "sales").get("/x")

            self.assertEqual(server.received[0].header("X-Project"), "sales")
            self.assertIsNone(server.received[0].header("Authorization"))

    def test_what_no_header_can_have_is_refused(self) -> None:
        for key, project in (("dpf_1\r\nX: y", None), ("schlüssel", None), (None, "a\nb")):
            with self.subTest(key=key, project=project), self.assertRaises(InvalidInput):
                Service("http://localhost", key, project)


def save(reply: Answer, path: Path) -> None:
    with replaced(path) as file:
        for piece in reply.pieces():
            file.write(piece)
