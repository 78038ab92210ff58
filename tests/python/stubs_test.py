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
    return [(name, index >= first_default) for index, name in enumerate(names)]


def parameters_of(function):
    return [(each.name, each.default is not each.empty) for each in inspect.signature(function).parameters.values()]


def mypy(*arguments):
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([sys.executable, "-m", *arguments], cwd=folder, capture_output=True, text=True,
                              env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(STUB.parent.parent),
                                   "MYPYPATH": str(STUB.parent.parent), "MYPY_CACHE_DIR": folder})


class Operations(unittest.TestCase):
    # Asked when a client is made without a team.
    WITHOUT_A_METHOD = {"validateManagementKey"}

    def test_every_operation_has_its_method(self):
        source = ast.parse(Path(xai_management.__file__).read_text())
        called = {node.args[0].value for node in ast.walk(source)
                  if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "call"}
        for operation in xai_management._core.operations:
            with self.subTest(operation):
                self.assertEqual(operation in called, operation not in self.WITHOUT_A_METHOD)
        self.assertLessEqual(called, set(xai_management._core.operations))


class Stubs(unittest.TestCase):
    def setUp(self):
        self.nodes = {node.name: node for node in ast.parse(STUB.read_text()).body
                      if isinstance(node, (ast.ClassDef, ast.FunctionDef))}

    def test_every_public_name_is_there(self):
        self.assertEqual(sorted([*self.nodes, "__version__"]), sorted(xai_management.__all__))
        for name in xai_management.__all__:
            self.assertTrue(hasattr(xai_management, name), name)

    def test_signatures(self):
        for class_name in ("XAIManagement", "XAIManagementError"):
            a_class = getattr(xai_management, class_name)
            stubs = {each.name: each for each in self.nodes[class_name].body if isinstance(each, ast.FunctionDef)}
            public = {name for name in vars(a_class) if not name.startswith("_")}
            methods = {name for name in public if callable(getattr(a_class, name))}
            self.assertEqual({"__init__", *(public if class_name == "XAIManagement" else methods)}, set(stubs))
            for name in methods | {"__init__"}:
                self.assertEqual(parameters_of(getattr(a_class, name)), parameters_of_stub(stubs[name]), name)

    def test_the_table_of_the_interface(self):
        signatures = {name: str(inspect.signature(getattr(xai_management.XAIManagement, name))) for name in (
            "__init__", "create_api_key", "list_api_keys", "update_api_key", "delete_api_key",
            "check_propagation_status", "list_available_models", "list_available_endpoints", "get_available_regions")}
        self.assertEqual(signatures, {
            "__init__": "(self, management_key=None, team_id=None, region=None, base_url=None)",
            "create_api_key": "(self, name, acls=None, qps=5, qpm=100, tpm=None)",
            "list_api_keys": "(self, page_size=10, pagination_token='')",
            "update_api_key": "(self, api_key_id, updates, fields)",
            "delete_api_key": "(self, api_key_id)",
            "check_propagation_status": "(self, api_key_id)",
            "list_available_models": "(self)",
            "list_available_endpoints": "(self)",
            "get_available_regions": "(self)"})

    def test_every_public_name_is_documented(self):
        for name in ("XAIManagement", "XAIManagementError", "XAIRegion", "get_region_choices"):
            self.assertTrue(getattr(xai_management, name).__doc__, name)
        for name, member in vars(xai_management.XAIManagement).items():
            if not name.startswith("_"):
                self.assertTrue(member.__doc__, name)
        for name, member in vars(xai_management.XAIManagement).items():
            if not name.startswith("_") and inspect.isfunction(member):
                self.assertIn("Errors:", member.__doc__, name)

    def test_a_type_checker_accepts_a_script(self):
        script = stage.HERE / "typed_script.py"
        checked = mypy("mypy", "--strict", str(script))
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_a_type_checker_sees_mistakes(self):
        with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
            script.write("from xai_management import XAIManagement\nXAIManagement().create_api_key(5)\n")
            script.flush()
            checked = mypy("mypy", script.name)
        self.assertIn('incompatible type "int"; expected "str"', checked.stdout)

    def test_stubtest_finds_no_difference(self):
        with tempfile.NamedTemporaryFile("w") as allowed:
            # The compiled part is private and has no stub; Enum gives its classes a __new__ of its own.
            allowed.write("xai_management._core\nxai_management.XAIRegion.__new__\n")
            allowed.flush()
            checked = mypy("mypy.stubtest", "--ignore-missing-stub", "--allowlist", allowed.name,
                           "--ignore-unused-allowlist", "xai_management")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)


if __name__ == "__main__":
    unittest.main()
