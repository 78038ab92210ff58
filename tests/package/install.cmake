# Installs BUILD below STAGE and moves the result, so that no path of the first place can work.
file(REMOVE_RECURSE ${STAGE})
unset(ENV{DESTDIR})
foreach(component runtime emulator development)
  execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --config ${CONFIG}
                          --component ${component} --prefix ${STAGE}/first
                  COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(RENAME ${STAGE}/first ${STAGE}/moved)
