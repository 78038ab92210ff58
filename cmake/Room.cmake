# A room is a folder, a CMake library and a namespace of one name. Rooms are object libraries, so
# that the ones under the client become a single static library for its users.
function(xai_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(xai_${name} OBJECT ${ARG_SOURCES})
  target_include_directories(xai_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include
                                                ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(xai_${name} PRIVATE xai_warnings)
  foreach(room IN LISTS ARG_LINKS)
    target_link_libraries(xai_${name} PUBLIC xai_${room})
  endforeach()
endfunction()
