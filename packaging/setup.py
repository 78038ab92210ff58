"""Makes a wheel of the Python module as it was built; scripts/package puts it beside this file."""

import os

from setuptools import Distribution, setup


class Built(Distribution):
    def has_ext_modules(self):
        return True


setup(
    name="xai-management",
    version=os.environ["XAI_VERSION"],
    description="Python client for the xAI Management API",
    license="MIT",
    packages=["xai_management"],
    package_data={"xai_management": ["*.so", "*.pyi", "py.typed"]},
    python_requires=os.environ["XAI_REQUIRES_PYTHON"],
    entry_points={"pytest11": ["xai_management = xai_management.pytest_plugin"]},
    distclass=Built,
)
