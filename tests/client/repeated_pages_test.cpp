#include <gtest/gtest.h>

#include <functional>

#include "client/list_pages.h"
#include "client/pages.h"

namespace xai::client {
namespace {

/// Answers page after page as `page_at` makes them, the first one is 0; the tokens never end.
Walk walk_endless(const std::function<std::vector<std::string>(std::size_t)>& page_at) {
  std::size_t asked = 0;
  const Client client{{.management_key = management::Secret{"xai-token"},
                       .team_id = "team-1",
                       .transport = [&](const HttpRequest&) -> Result<HttpResponse> {
                         const auto ids = page_at(asked++);
                         return page_of(ids, std::to_string(asked));
                       }}};
  Walk result = walk(client);
  EXPECT_EQ(result.errors.size(), 1U);
  for (const Error& error : result.errors) {
    EXPECT_EQ(error.kind, ErrorKind::malformed_response);
    EXPECT_TRUE(error.message.contains("the list does not end")) << error.message;
  }
  return result;
}

TEST(Pages, ShowAPageThatComesAgainOnce) {
  FakeClient client{{page_of({"a", "b"}, "1"), page_of({"a", "b"}, "2"), page_of({"a", "b"}, "3"),
                     page_of({"c"}, "4"), page_of({"c"}, "5"), page_of({"d"}, "")}};
  const Walk result = walk(*client);
  EXPECT_EQ(result.ids, (std::vector<std::string>{"a", "b", "c", "d"}));
  EXPECT_TRUE(result.errors.empty());
}

TEST(Pages, EndWhereTheSamePageComesAgainAndAgain) {
  FakeClient client{{page_of({"a", "b"}, "1"), page_of({"a", "b"}, "2"), page_of({"b", "a"}, "3"),
                     page_of({"a"}, "4"), page_of({"never"}, "")}};
  const Walk result = walk(*client);
  EXPECT_EQ(result.ids, (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(result.errors[0].kind, ErrorKind::malformed_response);
  EXPECT_EQ(client.requests().size(), 4U);
}

TEST(Pages, MayComeAgainAtTheEnd) {
  FakeClient client{
      {page_of({"a"}, "1"), page_of({"a"}, "2"), page_of({"a"}, "3"), page_of({"a"}, "")}};
  const Walk result = walk(*client);
  EXPECT_EQ(result.ids, std::vector<std::string>{"a"});
  EXPECT_TRUE(result.errors.empty());
}

TEST(Pages, ShowOnceWhatMovedToTheNextPage) {
  FakeClient client{{page_of({"a", "b", "c"}, "1"), page_of({"c", "d", "e"}, "2"),
                     page_of({"d", "e", "f"}, "3"), page_of({"g", "h"}, "")}};
  const Walk result = walk(*client);
  EXPECT_EQ(result.ids, (std::vector<std::string>{"a", "b", "c", "d", "e", "f", "g", "h"}));
  EXPECT_TRUE(result.errors.empty());
}

TEST(Pages, EndWhereAListGoesRoundUnderNewTokens) {
  for (const std::size_t length : {1U, 2U, 3U, 7U, 50U}) {
    const Walk result = walk_endless(
        [&](std::size_t number) { return std::vector{std::to_string(number % length)}; });
    EXPECT_GE(result.ids.size(), length);
    EXPECT_LE(result.ids.size(), 3 * length) << "it goes round too often";
  }
}

TEST(Pages, EndWhereAllAreEmpty) {
  std::size_t asked = 0;
  const Walk result = walk_endless([&](std::size_t number) {
    asked = number + 1;
    return std::vector<std::string>{};
  });
  EXPECT_TRUE(result.ids.empty());
  EXPECT_EQ(asked, 1000U);
}

TEST(Pages, TellItemsWithoutAnIdApartByAllTheyHold) {
  const std::string pair = R"({"name":"a"},{"name":"a"})";
  const auto body = [](const std::string& keys, const std::string& token) {
    return answer(200, R"({"api_keys":[)" + keys + R"(],"paginationToken":")" + token + R"("})");
  };
  FakeClient client{{body(pair, "1"), body(pair + R"(,{"name":"b"})", "")}};
  std::vector<std::string> names;
  for (auto& key : client->items(ListApiKeys{})) names.push_back(key.value().name);
  EXPECT_EQ(names, (std::vector<std::string>{"a", "a", "b"}));
}

TEST(PageWalk, LeavesWhatCameOutOfTheDocumentToo) {
  for (const Lists lists : {Lists::read, Lists::left}) {
    FakeClient client{{page_of({"a", "b"}, "1"), page_of({"b", "c"}, "")}};
    PageWalk<ListApiKeys> pages{*client, {}, lists};
    EXPECT_EQ(pages.next().value()->document.root().find("apiKeys").items().size(), 2U);
    const auto second = pages.next().value();
    ASSERT_TRUE(second);
    const auto items = second->document.root().find("apiKeys").items();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].find("apiKeyId").text(), "c");
    EXPECT_EQ(second->value.api_keys.size(), lists.are_decoded ? 1U : 0U);
  }
}

}  // namespace
}  // namespace xai::client
