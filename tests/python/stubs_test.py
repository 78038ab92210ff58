"""The stubs say what the module is."""

import ast
import inspect
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import stage
import xai_management

STUB = Path(xai_management.__file__).with_suffix(".pyi")


def parameters_of_stub(function):
    arguments = function.args
    names = [each.arg for each in arguments.posonlyargs + arguments.args]
    first_default = len(names) - len(arguments.defaults)
    keywords = zip(arguments.kwonlyargs, arguments.kw_defaults)
    return [*((name, index >= first_default) for index, name in enumerate(names)),
            *((each.arg, default is not None) for each, default in keywords)]


def parameters_of(function):
    return [(each.name, each.default is not each.empty) for each in inspect.signature(function).parameters.values()]


def public_members(a_class):
    return {name: getattr(a_class, name) for name in dir(a_class) if not name.startswith("_")}


def mypy(*arguments):
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([sys.executable, "-m", *arguments], cwd=folder, capture_output=True, text=True,
                              env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(STUB.parent.parent),
                                   "MYPYPATH": str(STUB.parent.parent), "MYPY_CACHE_DIR": folder})


class Operations(unittest.TestCase):
    def test_every_operation_has_its_method(self):
        sources = [ast.parse(path.read_text()) for path in Path(xai_management.__file__).parent.glob("*.py")]
        called = {node.args[0].value for source in sources for node in ast.walk(source)
                  if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "call"}
        self.assertEqual(called, set(xai_management._core.operations))


class Stubs(unittest.TestCase):
    def setUp(self):
        self.nodes = {node.name: node for node in ast.parse(STUB.read_text()).body
                      if isinstance(node, (ast.ClassDef, ast.FunctionDef))}

    def test_every_public_name_is_there(self):
        self.assertEqual(sorted([*self.nodes, "__version__"]), sorted(xai_management.__all__))
        for name in xai_management.__all__:
            self.assertTrue(hasattr(xai_management, name), name)

    def test_signatures(self):
        for class_name in ("XAIManagement", "AsyncXAIManagement", "XAIManagementError", "SecretFile"):
            a_class = getattr(xai_management, class_name)
            stubs = {each.name: each for each in self.nodes[class_name].body
                     if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))}
            methods = {name for name, member in public_members(a_class).items() if inspect.isfunction(member)}
            properties = {name for name, member in public_members(a_class).items() if isinstance(member, property)}
            self.assertEqual(methods | properties, {name for name in stubs if not name.startswith("_")})
            for name in methods | {"__init__"}:
                self.assertEqual(parameters_of(getattr(a_class, name)), parameters_of_stub(stubs[name]), name)

    def test_both_clients_have_the_same_calls(self):
        calls = public_members(xai_management.XAIManagement)
        awaited = public_members(xai_management.AsyncXAIManagement)
        self.assertEqual(set(calls), set(awaited))
        for name, call in calls.items():
            if inspect.isfunction(call) and name != "close":
                is_iterator = inspect.isgeneratorfunction(call)
                self.assertEqual(inspect.isasyncgenfunction(awaited[name]), is_iterator, name)
                self.assertEqual(inspect.iscoroutinefunction(awaited[name]), not is_iterator, name)

    def test_the_table_of_the_interface(self):
        signatures = {name: str(inspect.signature(getattr(xai_management.XAIManagement, name))) for name in (
            "__init__", "create_api_key", "list_api_keys", "update_api_key", "delete_api_key",
            "check_propagation_status", "list_available_models", "list_available_endpoints", "get_available_regions")}
        self.assertEqual(signatures, {
            "__init__": "(self, management_key=None, team_id=None, region=None, base_url=None, *, timeout=30, "
                        "max_retries=2, ca_file=None, state_folder=None, log=None, trace=None, on_event=None)",
            "create_api_key": "(self, name, acls=None, qps=5, qpm=100, tpm=None, expires=None, "
                              "secret_file=None, again=False)",
            "list_api_keys": "(self, page_size=10, pagination_token='', active_only=False, acls=())",
            "update_api_key": "(self, api_key_id, updates, fields)",
            "delete_api_key": "(self, api_key_id)",
            "check_propagation_status": "(self, api_key_id)",
            "list_available_models": "(self)",
            "list_available_endpoints": "(self)",
            "get_available_regions": "(self)"})

    def test_every_public_name_is_documented(self):
        for name in xai_management.__all__:
            self.assertTrue(name == "__version__" or getattr(xai_management, name).__doc__, name)
        for name, member in public_members(xai_management.XAIManagement).items():
            self.assertTrue(member.__doc__, name)
            if inspect.isfunction(member) and name != "close":
                self.assertIn("Errors:", member.__doc__, name)

    def test_a_type_checker_accepts_a_script(self):
        scripts = [stage.HERE / "typed_script.py", stage.HERE.parent.parent / "examples" / "create_key.py"]
        checked = mypy("mypy", "--strict", *map(str, scripts))
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_a_type_checker_sees_mistakes(self):
        mistakes = {
            "client.create_api_key(5)": 'incompatible type "int"; expected "str"',
            'client.create_api_key("k")["apiKy"]': 'TypedDict "ApiKey" has no key "apiKy"',
            'client.list_api_keys()["apiKeys"][0]["nmae"]': 'TypedDict "ApiKey" has no key "nmae"',
            'client.update_api_key("id", {"qmp": 5}, ["qpm"])': 'Extra key "qmp" for TypedDict "ApiKeyValues"',
            'client.update_api_key("id", {"qpm": "5"}, ["qpm"])': 'TypedDict item "qpm" has type "',
            'client.balance()["liveCredit"] + 1': 'Unsupported operand types for + ("None"',
            'client.usage(every="fortnight")': "Literal['fortnight']",
            "later.balance()['liveCredit']": "Coroutine",
        }
        with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
            lines = ["from xai_management import AsyncXAIManagement, XAIManagement",
                     "def wrong(client: XAIManagement, later: AsyncXAIManagement) -> None:",
                     *(f"    {each}" for each in mistakes)]
            script.write("\n".join(lines) + "\n")
            script.flush()
            checked = mypy("mypy", "--strict", script.name)
        for number, expected in enumerate(mistakes.values(), 3):
            found = [line for line in checked.stdout.splitlines() if f".py:{number}: error" in line]
            self.assertIn(expected, "\n".join(found), lines[number - 1])

    def test_stubtest_finds_no_difference(self):
        # Enum gives its classes a __new__ of its own. The private modules, types.py and those for tests have
        # no stub, and the comments that stubs are made of are no types of the modules they stand in.
        with tempfile.NamedTemporaryFile("w") as allowed, tempfile.NamedTemporaryFile("w") as settings:
            allowed.write("xai_management.XAIRegion.__new__\nxai_management\\._.*\nxai_management\\.types\\..*\n"
                          "xai_management\\.(testing|pytest_plugin)\\..*\n")
            allowed.flush()
            settings.write("[mypy]\nignore_errors = True\n")
            settings.flush()
            checked = mypy("mypy.stubtest", "--ignore-missing-stub", "--allowlist", allowed.name,
                           "--mypy-config-file", settings.name, "--ignore-unused-allowlist", "xai_management")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)


if __name__ == "__main__":
    unittest.main()
