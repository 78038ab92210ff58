# Lays each package out as Debian wants it: documents below its own name, with a copyright file and a
# changelog; packed manual pages; the Python module where every Python 3 looks. CPack runs it between
# installing and packing; scripts/package makes the two files.
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} key)
  set(name ${CPACK_DEBIAN_${key}_PACKAGE_NAME})
  set(usr ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr)
  if(NOT EXISTS ${usr})
    continue()
  endif()
  set(documents ${usr}/share/doc/${name})
  if(EXISTS ${usr}/share/doc/xai_management)
    file(RENAME ${usr}/share/doc/xai_management ${documents})
  endif()
  file(MAKE_DIRECTORY ${documents})
  file(REMOVE ${documents}/LICENSE)
  file(COPY_FILE $ENV{XAI_COPYRIGHT} ${documents}/copyright)
  file(COPY_FILE $ENV{XAI_CHANGELOG} ${documents}/changelog)
  # One tree serves package, tarball and `cmake --install`, and may be moved, so it has one lib folder.
  if(component STREQUAL "development")
    file(WRITE ${usr}/share/lintian/overrides/${name}
         "# The same tree is installed on other systems too, so it has one lib folder.\n"
         "${name}: pkg-config-unavailable-for-cross-compilation *\n")
  endif()
  file(GLOB_RECURSE packed ${usr}/share/man/*.1)
  execute_process(COMMAND gzip -9n ${packed} ${documents}/changelog COMMAND_ERROR_IS_FATAL ANY)
  file(GLOB python ${usr}/lib/python3.*)
  if(python)
    file(RENAME ${python} ${usr}/lib/python3)
  endif()
  # Whoever builds may have an umask of their own.
  execute_process(COMMAND chmod -R u=rwX,go=rX ${usr} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
