#include "http/curl_attempt.h"

#include <gtest/gtest.h>

#include <cstdarg>
#include <functional>
#include <string>

#include "http/curl_fixture.h"
#include "http/curl_library.h"

namespace xai::http {
namespace {

/// What stood in the list when it was given back.
std::string given_back;

void keep_and_free(curl_slist* list) {
  for (const curl_slist* item = list; item != nullptr; item = item->next)
    given_back += std::string{item->data} + "\n";
  (*curl_library())->slist_free_all(list);
}

TEST(HeaderLines, AreWipedBeforeTheyAreGivenBack) {
  CurlLibrary library = **curl_library();
  library.slist_free_all = &keep_and_free;
  given_back.clear();
  {
    const HeaderLines lines{library, get("https://host")};
    std::string all;
    for (const curl_slist* item = lines.get(); item != nullptr; item = item->next)
      all += item->data;
    EXPECT_TRUE(all.contains("Authorization: Bearer xai-token-canary"));
  }
  EXPECT_EQ(given_back, "\n\n");
}

curl_prereq_callback asked_before_sending = nullptr;

/// Keeps the function that libcurl would call when a connection stands.
CURLcode keep_callback(CURL*, CURLoption option, ...) {
  std::va_list values;
  va_start(values, option);
  if (option == CURLOPT_PREREQFUNCTION) asked_before_sending = va_arg(values, curl_prereq_callback);
  va_end(values);
  return CURLE_OK;
}

TEST(CurlAttempt, IsNotSentWhenItIsCancelledOnceTheConnectionStands) {
  CurlLibrary library{};
  library.easy_setopt = &keep_callback;
  for (const bool is_cancelled : {true, false})
    for (const HttpRequest& request : {get("https://host"), post("https://host")}) {
      const std::function<bool()> asked = [&] { return is_cancelled; };
      CurlAttempt attempt{.request = &request, .is_cancelled = &asked};
      Setter set{.library = library, .handle = nullptr};
      set_callbacks(set, attempt);
      ASSERT_NE(asked_before_sending, nullptr);
      EXPECT_EQ(asked_before_sending(&attempt, nullptr, nullptr, 0, 0),
                is_cancelled ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK);
      EXPECT_EQ(attempt.failure.was_sent, !is_cancelled);
      EXPECT_EQ(attempt.failure.stop, is_cancelled ? Stop::cancelled : Stop::none);
    }
}

}  // namespace
}  // namespace xai::http
