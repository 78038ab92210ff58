#include <algorithm>
#include <functional>
#include <random>
#include <set>

#include "emulator/emulated.h"
#include "emulator/seed.h"

namespace xai::emulator::test {
namespace {

/// Walks all pages while keys come and go in between.
TEST(Paging, NeverMissesOrDoublesAKeyThatStays) {
  for (unsigned round = 0; round < 30; ++round) {
    Emulated emulated;
    std::mt19937 random{round};
    std::set<std::string> staying;
    std::vector<std::string> leaving;
    for (unsigned i = 0; i < 40; ++i) {
      if (random() % 3 == 0) emulated.advance("1s");
      const std::string id = emulated.create("before").text("apiKeyId");
      if (random() % 4 == 0)
        leaving.push_back(id);
      else
        staying.insert(id);
    }
    const std::string size = std::to_string(1 + random() % 7);
    std::multiset<std::string> seen;
    std::string token;
    do {
      const Answer page =
          emulated.get(Emulated::keys() + "?pageSize=" + size + "&paginationToken=" + token);
      ASSERT_EQ(page.status(), 200);
      for (const json::Value& item : page.body().find("apiKeys").items())
        seen.insert(std::string{item.find("apiKeyId").text()});
      token = page.text("paginationToken");
      if (random() % 3 == 0) emulated.advance("1s");
      emulated.create("meanwhile");
      if (!leaving.empty()) {
        emulated.remove(leaving.back());
        leaving.pop_back();
      }
    } while (!token.empty());
    for (const std::string& id : seen) EXPECT_EQ(seen.count(id), 1U) << "round " << round;
    EXPECT_TRUE(std::ranges::includes(seen, staying)) << "round " << round;
  }
}

/// Eight keys, k7 first, three to a page.
struct Paged : Emulated {
  Paged() {
    for (int i = 0; i < 8; ++i) create("k" + std::to_string(i));
  }
  Answer page(const std::string& token) {
    return get(keys() + "?pageSize=3&paginationToken=" + token);
  }
  void set(const std::string& fault) { ASSERT_EQ(post("/_emulator/faults", fault).status(), 200); }
};

using Names = std::vector<std::string>;

TEST(PageFaults, DuplicateAnswersThePageBeforeAndGoesOn) {
  Paged paged;
  paged.set(R"({"path":"/auth","page":"duplicate","nth":2})");
  std::string token;
  std::set<std::string> tokens;
  std::vector<Names> pages;
  do {
    const Answer answer = paged.page(token);
    pages.push_back(names(answer));
    token = answer.text("paginationToken");
    EXPECT_TRUE(tokens.insert(token).second) << token;
  } while (!token.empty());
  // The first page has none before it, so it is not counted.
  EXPECT_EQ(pages, (std::vector<Names>{
                       {"k7", "k6", "k5"}, {"k4", "k3", "k2"}, {"k4", "k3", "k2"}, {"k1", "k0"}}));
}

/// All pages of a list, as the texts of its items, and whether it came to its end.
std::vector<std::string> pages_of(Emulated& emulated, const std::string& target,
                                  std::string_view items, std::string_view token_name,
                                  std::string_view next_name) {
  std::vector<std::string> pages;
  std::set<std::string> tokens;
  std::string token;
  do {
    const Answer answer = emulated.get(target + "&" + std::string{token_name} + "=" + token);
    EXPECT_EQ(answer.status(), 200) << answer.response.body;
    pages.push_back(json::to_text(answer.body().find(items)));
    token = answer.text(next_name);
    EXPECT_TRUE(token.empty() || tokens.insert(token).second) << token;
  } while (!token.empty() && pages.size() < 100);
  return pages;
}

TEST(PageFaults, DuplicateOfEveryPageComesToItsEnd) {
  Options given = options();
  given.seed = parse_seed(R"({"apiKeys":[{"name":"old","createTime":"1960-01-01T00:00:00Z"},
      {"name":"older","createTime":"1950-01-01T00:00:00Z"},{"name":"epoch",
       "createTime":"1970-01-01T00:00:00Z"},{"name":"new"},{"name":"newer"}]})")
                   .value();
  Emulated emulated{given};
  const std::string keys = Emulated::keys() + "?pageSize=1";
  const std::string events = "/audit/teams/" + std::string{team} + "/events?pageSize=1";
  const auto keys_of = [&] {
    return pages_of(emulated, keys, "apiKeys", "paginationToken", "paginationToken");
  };
  const auto events_of = [&] {
    return pages_of(emulated, events, "events", "pageToken", "nextPageToken");
  };
  for (const auto& walk : {std::function{keys_of}, std::function{events_of}}) {
    emulated.call(Method::delete_, "/_emulator/faults");
    const auto real = walk();
    ASSERT_EQ(real.size(), 5U);
    for (std::size_t times = 1; times <= 5; ++times) {
      emulated.call(Method::delete_, "/_emulator/faults");
      // The last round is of all pages.
      set_fault(emulated, R"({"page":"duplicate","times":)" + std::to_string(times % 5) + "}");
      std::vector<std::string> expected{real.front()};
      for (std::size_t i = 1; i < real.size(); ++i) {
        if (i <= times) expected.push_back(real[i - 1]);
        expected.push_back(real[i]);
      }
      EXPECT_EQ(walk(), expected) << times;
    }
  }
}

TEST(PageFaults, DuplicateMindsTheFilters) {
  Paged paged;
  paged.create("with", R"(,"acls":["api-key:model:*"])");
  paged.create("late", R"(,"acls":["api-key:model:*"])");
  const std::string filtered = Paged::keys() + "?pageSize=1&aclFilters=api-key:model:*";
  const std::string token = paged.get(filtered).text("paginationToken");
  paged.set(R"({"page":"duplicate"})");
  const Answer again = paged.get(filtered + "&paginationToken=" + token);
  EXPECT_EQ(names(again), Names{"late"});
  EXPECT_EQ(names(paged.get(filtered + "&paginationToken=" + again.text("paginationToken"))),
            Names{"with"});
}

TEST(PageFaults, LoopLeadsToTheSamePage) {
  Paged paged;
  const std::string second = paged.page("").text("paginationToken");
  paged.set(R"({"page":"loop","times":0})");
  const Answer first = paged.page("");
  EXPECT_EQ(names(first), (Names{"k7", "k6", "k5"}));
  const std::string itself = first.text("paginationToken");
  EXPECT_EQ(paged.page(itself).response.body, first.response.body);
  const Answer later = paged.page(second);
  EXPECT_EQ(names(later), (Names{"k4", "k3", "k2"}));
  EXPECT_EQ(later.text("paginationToken"), second);
  // Also where there would be no next page.
  EXPECT_FALSE(paged.get(Paged::keys()).text("paginationToken").empty());
}

TEST(PageFaults, CountOnlyLists) {
  Paged paged;
  paged.set(R"({"page":"loop"})");
  paged.create("x");
  paged.get("/auth/teams/" + std::string{team} + "/models");
  EXPECT_FALSE(paged.get(Paged::keys()).text("paginationToken").empty());
  EXPECT_TRUE(paged.get(Paged::keys()).text("paginationToken").empty());
}

}  // namespace
}  // namespace xai::emulator::test
