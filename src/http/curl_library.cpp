#include "http/curl_library.h"

#include <dlfcn.h>

#include <cstdlib>
#include <string>

namespace xai::http {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Result;

namespace {

std::unexpected<Error> unusable(std::string message) {
  return std::unexpected(Error{.kind = ErrorKind::failed_precondition,
                               .outcome = Outcome::not_sent,
                               .message = std::move(message),
                               .next = "install libcurl4, version 7.80 or later"});
}

template <class Function>
bool load(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

/// libcurl would write the session keys of every connection to the file SSLKEYLOGFILE names, and
/// looks for it once, in here. Blanking the value in place keeps other threads' getenv safe.
CURLcode initialise_without_key_log(const CurlLibrary& library) {
  char* const name = std::getenv("SSLKEYLOGFILE");
  const char first = name == nullptr ? '\0' : *name;
  if (name != nullptr) *name = '\0';
  const CURLcode code = library.global_init(CURL_GLOBAL_DEFAULT);
  if (name != nullptr) *name = first;
  return code;
}

Result<CurlLibrary> load_library() {
  // Each library looks for its names in all that are loaded with it, some thirty. The two with the
  // most names find theirs sooner when they come first; a missing one is libcurl's to miss.
  for (const char* const largest : {"libssl.so.3", "libgnutls.so.30"})
    ::dlopen(largest, RTLD_LAZY | RTLD_LOCAL);
  void* const handle = ::dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
  if (handle == nullptr) return unusable("cannot load libcurl.so.4");
  CurlLibrary library;
  const bool whole = load(handle, "curl_global_init", library.global_init) &&
                     load(handle, "curl_easy_init", library.easy_init) &&
                     load(handle, "curl_easy_cleanup", library.easy_cleanup) &&
                     load(handle, "curl_easy_reset", library.easy_reset) &&
                     load(handle, "curl_easy_setopt", library.easy_setopt) &&
                     load(handle, "curl_easy_perform", library.easy_perform) &&
                     load(handle, "curl_easy_getinfo", library.easy_getinfo) &&
                     load(handle, "curl_easy_strerror", library.easy_strerror) &&
                     load(handle, "curl_slist_append", library.slist_append) &&
                     load(handle, "curl_slist_free_all", library.slist_free_all);
  decltype(&curl_version_info) version_info{};
  if (!whole || !load(handle, "curl_version_info", version_info))
    return unusable("libcurl.so.4 lacks a function");
  constexpr unsigned version_min = 0x075000;  // 7.80.0: CURLOPT_PREREQFUNCTION.
  if (version_info(CURLVERSION_FIRST)->version_num < version_min)
    return unusable("libcurl.so.4 is too old");
  if (initialise_without_key_log(library) != CURLE_OK) return unusable("libcurl does not start");
  return library;
}

}  // namespace

Result<const CurlLibrary*> curl_library() {
  static const Result<CurlLibrary> library = load_library();
  if (!library) return std::unexpected(library.error());
  return &*library;
}

}  // namespace xai::http
