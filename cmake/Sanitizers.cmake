# XAI_SANITIZE: empty, or what -fsanitize takes, such as `address,undefined` or `thread`.
set(XAI_SANITIZE "" CACHE STRING "Sanitizers to build everything with")
if(XAI_SANITIZE)
  add_compile_options(-fsanitize=${XAI_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${XAI_SANITIZE})
  # What the sanitizers know of each place in the code is a million pointers, which a program that can
  # be loaded anywhere sets at every start.
  string(APPEND CMAKE_EXE_LINKER_FLAGS " -no-pie")
  if(XAI_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # Asio has fences, which this sanitizer does not follow.
    add_compile_options(-Wno-tsan)
  endif()
endif()
