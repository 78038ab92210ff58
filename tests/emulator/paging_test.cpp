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

}  // namespace
}  // namespace xai::emulator::test
