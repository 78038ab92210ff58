#include "cli/render/columns.h"

#include <gtest/gtest.h>

#include "cli/run_app.h"

namespace xai::cli {
namespace {

using test::App;

std::vector<std::size_t> chosen(const std::string& typed, bool is_csv) {
  static const ColumnName id{"apiKeyId", "ID", 2};
  static const ColumnName name{"name", "NAME", 1};
  static const ColumnName user{"userId", "USER"};
  static const ColumnName state{"state", "STATE", 3, false};
  static const std::vector<const ColumnName*> known{&id, &name, &user, &state};
  const auto columns = choose_columns(typed, known, is_csv);
  EXPECT_TRUE(columns) << typed;
  return columns.value_or(std::vector<std::size_t>{});
}

TEST(Columns, HaveAnOrderForEachFormat) {
  EXPECT_EQ(chosen("", false), (std::vector<std::size_t>{1, 0, 3}));
  EXPECT_EQ(chosen("", true), (std::vector<std::size_t>{0, 1, 2}));
}

TEST(Columns, GoByNameOrHeaderInAnyCase) {
  for (const bool is_csv : {false, true})
    EXPECT_EQ(chosen("STATE, name,userid,ID", is_csv), (std::vector<std::size_t>{3, 1, 2, 0}));
}

TEST(Columns, ThatThereAreNotAreRefusedByName) {
  App app;
  for (const std::string typed : {"nam", "", " ", "name,,state", "name,"}) {
    EXPECT_EQ(app.run({"list-keys", "--columns=" + typed}), 2) << typed << app.err;
  }
  EXPECT_EQ(app.run({"list-keys", "--columns", "nam"}), 2);
  EXPECT_NE(app.err.find("--columns has no column 'nam'"), std::string::npos) << app.err;
  EXPECT_NE(app.err.find("did you mean name"), std::string::npos) << app.err;
}

TEST(Columns, ChooseAndOrderInTextAndCsv) {
  App app;
  app.create("one");
  ASSERT_EQ(app.run({"list-keys", "--columns", "STATE,name"}), 0) << app.err;
  EXPECT_EQ(app.out, "STATE   NAME\nactive  one\n");
  ASSERT_EQ(app.run({"list-keys", "--columns", "state,NAME", "--output", "csv"}), 0) << app.err;
  EXPECT_EQ(app.out, "state,name\r\nactive,one\r\n");
}

TEST(Columns, WithoutRoomAreHiddenAndSaidToBe) {
  App app;
  app.is_terminal = true;
  app.create("one");
  for (const std::size_t columns : {80UL, 120UL, 200UL}) {
    app.columns = columns;
    ASSERT_EQ(app.run({"list-keys"}), 0) << app.err;
    EXPECT_EQ(app.out.starts_with("NAME  STATE   EXPIRES  MODELS  ENDPOINTS  LIMITS"), true)
        << app.out;
    EXPECT_EQ(app.err.find("hidden") != std::string::npos, columns < 120) << app.err;
  }
}

}  // namespace
}  // namespace xai::cli
