#include <algorithm>
#include <random>
#include <set>

#include "emulator/emulated.h"

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
