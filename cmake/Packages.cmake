# The Debian packages that `cpack -G DEB` makes of what is installed, one per component. Made for the
# release of Debian that this runs on; `scripts/package` calls it.
if(NOT EXISTS /etc/debian_version)
  return()
endif()
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "xAI Management Tools authors <noreply@xai-management-tools.invalid>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/package_documents.cmake)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "tools for the xAI Management API")

function(xai_package component name section text)
  string(TOUPPER ${component} key)
  set(CPACK_DEBIAN_${key}_PACKAGE_NAME ${name} PARENT_SCOPE)
  set(CPACK_DEBIAN_${key}_FILE_NAME DEB-DEFAULT PARENT_SCOPE)
  set(CPACK_DEBIAN_${key}_PACKAGE_SECTION ${section} PARENT_SCOPE)
  set(CPACK_DEBIAN_${key}_DESCRIPTION "${text}" PARENT_SCOPE)
  set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} ${component} PARENT_SCOPE)
endfunction()

# What is opened at run time, so that no tool sees it.
set(opened "libcurl4t64 | libcurl4, ca-certificates, libdate-tz3t64 | libdate-tz3, tzdata")
xai_package(runtime xai-management-tools utils
            "The command line: manage_xai creates, scopes, rotates and retires the API\nkeys of an xAI team, and shows credit, usage, invoices and the audit log.")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_DEPENDS "${opened}")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SUGGESTS "xai-emulator, bash-completion, libsecret-1-0")
xai_package(emulator xai-emulator utils
            "The emulator: xai_emulator is a local API with real state for trying,\ntesting and CI. It answers on this machine only, and can be told to fail.")
xai_package(development libxai-management-dev libdevel
            "The library: a static one for C++23, with its headers and examples.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "${opened}")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS "xai-emulator")
get_property(python_version GLOBAL PROPERTY XAI_PYTHON_VERSION)
if(python_version)
  string(REGEX REPLACE "^3\\." "" minor ${python_version})
  math(EXPR next "${minor} + 1")
  xai_package(python python3-xai-management python
              "The Python module: a typed client, for threads and for asyncio, with an\nemulator for tests.")
  set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS
      "${opened}, python3 (>= 3.${minor}), python3 (<< 3.${next})")
  set(CPACK_DEBIAN_PYTHON_PACKAGE_SUGGESTS "xai-emulator, python3-pytest")
endif()
include(CPack)
