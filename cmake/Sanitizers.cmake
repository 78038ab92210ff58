# XAI_SANITIZE: empty, or what -fsanitize takes, such as `address,undefined` or `thread`.
set(XAI_SANITIZE "" CACHE STRING "Sanitizers to build everything with")
if(XAI_SANITIZE)
  add_compile_options(-fsanitize=${XAI_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${XAI_SANITIZE})
endif()
