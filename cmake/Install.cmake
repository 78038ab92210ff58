# What `cmake --install` lays down. Nothing in it names the prefix, so the tree can be moved.
# Components: runtime (the command line and documents), emulator, development (library, headers,
# packages) and whatever the folders below src/ add.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(XAI_INSTALL_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/xai_management)
set(XAI_INSTALL_DOC_DIR ${CMAKE_INSTALL_DATADIR}/doc/xai_management)

if(XAI_PROGRAMS)
  install(TARGETS manage_xai RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
  install(TARGETS xai_emulator_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT emulator)
  # Manual pages and completions: what the programs say of themselves.
  if(NOT CMAKE_CROSSCOMPILING AND NOT XAI_SANITIZE)
    set(share ${PROJECT_BINARY_DIR}/share)
    set(emulator_page ${share}/man/man1/xai_emulator.1)
    add_custom_command(
      OUTPUT ${emulator_page}
      COMMAND ${CMAKE_COMMAND} -E rm -rf ${share}
      COMMAND manage_xai_manual --share ${share}
      COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:xai_emulator_program> -DPAGE=${emulator_page}
              -DVERSION=${PROJECT_VERSION} -P ${PROJECT_SOURCE_DIR}/cmake/emulator_page.cmake
      DEPENDS manage_xai_manual xai_emulator_program ${PROJECT_SOURCE_DIR}/cmake/emulator_page.cmake
      VERBATIM)
    add_custom_target(xai_share ALL DEPENDS ${emulator_page})
    install(DIRECTORY ${share}/ DESTINATION ${CMAKE_INSTALL_DATADIR} COMPONENT runtime
            PATTERN xai_emulator.1 EXCLUDE)
    install(FILES ${emulator_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT emulator)
  endif()
endif()
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${XAI_INSTALL_DOC_DIR} COMPONENT runtime)
install(DIRECTORY docs DESTINATION ${XAI_INSTALL_DOC_DIR} COMPONENT runtime)

install(DIRECTORY include/xai DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(DIRECTORY examples DESTINATION ${XAI_INSTALL_DOC_DIR} COMPONENT development)
install(TARGETS xai_management EXPORT xai_management
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
set_target_properties(xai_management PROPERTIES EXPORT_NAME management)
install(EXPORT xai_management FILE xai_managementTargets.cmake NAMESPACE xai::
        DESTINATION ${XAI_INSTALL_PACKAGE_DIR} COMPONENT development)

configure_package_config_file(
  cmake/xai_managementConfig.cmake.in package/xai_managementConfig.cmake
  INSTALL_DESTINATION ${XAI_INSTALL_PACKAGE_DIR} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(package/xai_managementConfigVersion.cmake
                                 COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/package/xai_managementConfig.cmake
              ${PROJECT_BINARY_DIR}/package/xai_managementConfigVersion.cmake
        DESTINATION ${XAI_INSTALL_PACKAGE_DIR} COMPONENT development)

# The way from the .pc file back to the prefix depends on how deep the library folder lies.
set(pkg_config_dir /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig)
cmake_path(RELATIVE_PATH pkg_config_dir BASE_DIRECTORY /prefix OUTPUT_VARIABLE pkg_config_dir)
string(REGEX REPLACE "[^/]+" ".." XAI_PREFIX_FROM_PKG_CONFIG ${pkg_config_dir})
configure_file(cmake/xai_management.pc.in package/xai_management.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/package/xai_management.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
