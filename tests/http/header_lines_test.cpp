#include <gtest/gtest.h>

#include <string>

#include "http/curl_attempt.h"
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

}  // namespace
}  // namespace xai::http
