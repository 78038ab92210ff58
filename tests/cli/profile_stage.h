#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "json/document.h"
#include "run_app.h"

namespace xai::cli::test {

/// The program with a config.toml of its own; counts what could change something.
struct ProfileTest : testing::Test {
  ProfileTest() {
    app.environment["XDG_CONFIG_HOME"] = app.folder.file("config");
    app.transport = [this](const management::HttpRequest& request) {
      if (request.method != management::Method::get) ++writes;
      return app.service->transport()(request);
    };
  }
  [[nodiscard]] std::string file(const std::string& name = "config.toml") const {
    return app.folder.file("config") + "/xai-management/" + name;
  }
  void write(const std::string& text) const {
    std::filesystem::create_directories(app.folder.file("config") + "/xai-management");
    std::ofstream{file()} << text;
    std::filesystem::permissions(file(), std::filesystem::perms{0600});
  }
  /// Whether whoami shows a setting with that value and source.
  bool shows(const std::vector<std::string>& words, const std::string& name,
             const std::string& value, const std::string& source) {
    std::vector<std::string> all{"whoami", "--output", "json"};
    all.insert(all.end(), words.begin(), words.end());
    EXPECT_EQ(app.run(all), 0) << app.err;
    const auto document = json::Document::parse(app.out);
    for (const json::Value setting : document->root().find("settings").items())
      if (setting.find("name").text() == name)
        return setting.find("value").text() == value && setting.find("source").text() == source;
    return false;
  }

  App app{};
  int writes{};
};

/// The setting of a command that prints the key.
inline const std::string with_key = std::string{"key_command = [\"echo\", \""} + key + "\"]\n";

}  // namespace xai::cli::test
