#pragma once

#include <curl/curl.h>

#include "xai/management/result.h"

namespace xai::http {

/// libcurl's functions, as far as we call them.
struct CurlLibrary {
  decltype(&curl_global_init) global_init{};
  decltype(&curl_easy_init) easy_init{};
  decltype(&curl_easy_cleanup) easy_cleanup{};
  decltype(&curl_easy_reset) easy_reset{};
  decltype(&curl_easy_setopt) easy_setopt{};
  decltype(&curl_easy_perform) easy_perform{};
  decltype(&curl_easy_getinfo) easy_getinfo{};
  decltype(&curl_easy_strerror) easy_strerror{};
  decltype(&curl_slist_append) slist_append{};
  decltype(&curl_slist_free_all) slist_free_all{};
};

/// Loads libcurl at the first call, for the life of the process. Loading it takes longer than all
/// else a short command does, so one that sends nothing must not pay for it.
/// Errors: failed_precondition, not sent, when it is not installed or too old.
management::Result<const CurlLibrary*> curl_library();

}  // namespace xai::http
