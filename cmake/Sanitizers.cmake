# XAI_SANITIZE: empty, or what -fsanitize takes, such as `address,undefined` or `thread`.
set(XAI_SANITIZE "" CACHE STRING "Sanitizers to build everything with")
if(XAI_SANITIZE)
  add_compile_options(-fsanitize=${XAI_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${XAI_SANITIZE})
  if(XAI_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # Asio has fences, which this sanitizer does not follow.
    add_compile_options(-Wno-tsan)
  endif()
endif()
