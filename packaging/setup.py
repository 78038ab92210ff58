"""Makes a wheel of the Python module. By itself it builds the module from the sources beside it, which
takes CMake, Ninja, a C++23 compiler, pybind11 and the headers of Boost, libcurl and date; XAI_BUILT_MODULE is a
file that has been built already."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = Path(__file__).resolve().parent


class ByCMake(build_ext):
    def build_extension(self, ext):
        built = os.environ.get("XAI_BUILT_MODULE") or self.built_from_source()
        target = Path(self.get_ext_fullpath(ext.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(built, target)

    def built_from_source(self):
        build = Path(self.build_temp).resolve()
        settings = ["-DXAI_PYTHON=ON", "-DXAI_PROGRAMS=OFF", "-DXAI_BENCH=OFF", "-DXAI_INSTALL=OFF",
                    f"-DPython_EXECUTABLE={sys.executable}"]
        if shutil.which("ccache"):
            settings.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        subprocess.run(["cmake", "--preset", "release", "-B", build, *settings], check=True, cwd=HERE)
        subprocess.run(["cmake", "--build", build, "--target", "xai_python"], check=True)
        (module,) = build.glob("python/xai_management/_core*.so")
        return module


setup(
    name="xai-management",
    version=re.search(r"^project\(.* VERSION ([0-9.]+)", (HERE / "CMakeLists.txt").read_text(), re.M)[1],
    description="Python client for the xAI Management API",
    license="MIT",
    package_dir={"xai_management": "src/python/xai_management"},
    packages=["xai_management"],
    package_data={"xai_management": ["*.pyi", "py.typed"]},
    ext_modules=[Extension("xai_management._core", [])],
    cmdclass={"build_ext": ByCMake},
    python_requires=">=3.11",
    entry_points={"pytest11": ["xai_management = xai_management.pytest_plugin"]},
)
