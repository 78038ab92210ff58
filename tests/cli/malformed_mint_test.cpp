#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "run_app.h"

namespace xai::cli {
namespace {

using management::HttpRequest;
using management::HttpResponse;
using management::Method;
using management::Outcome;
using management::Result;

/// How the answer that holds a new secret is spoilt.
struct Spoiling {
  const char* name;
  void (*spoil)(HttpResponse& answer, const std::string& secret);
  bool breaks_off{};  ///< The connection ends behind what came.
};

/// Puts members in front of those of the answer.
void add_members(HttpResponse& answer, const std::string& members) {
  answer.body.insert(1, members + ",");
}

const std::vector<Spoiling> spoilings{
    {"a member of another type",
     [](HttpResponse& answer, const std::string& secret) {
       add_members(answer, R"("teamId":{"see":")" + secret + R"("})");
     }},
    {"a member's value",
     [](HttpResponse& answer, const std::string& secret) {
       add_members(answer, R"("createTime":")" + secret + R"(")");
     }},
    {"a member's name",
     [](HttpResponse& answer, const std::string& secret) {
       add_members(answer, R"("qpm":{")" + secret + R"(":1})");
     }},
    {"no secret where it belongs",
     [](HttpResponse& answer, const std::string& secret) {
       answer.body = R"({"name":"x","apiKeyId":")" + secret + R"("})";
     }},
    {"an error with a status that says none",
     [](HttpResponse& answer, const std::string& secret) {
       answer.body = R"({"code":")" + secret + R"(","message":"no )" + secret + R"("})";
     }},
    {"a list",
     [](HttpResponse& answer, const std::string&) { answer.body = "[" + answer.body + "]"; }},
    {"a text",
     [](HttpResponse& answer, const std::string& secret) { answer.body = "\"" + secret + "\""; }},
    {"bytes behind its end",
     [](HttpResponse& answer, const std::string& secret) { answer.body += secret; }},
    {"no end", [](HttpResponse& answer, const std::string&) { answer.body.pop_back(); }},
    {"an end within the secret",
     [](HttpResponse& answer, const std::string& secret) {
       answer.body.resize(answer.body.find(secret) + 50);
     }},
    {"a page", [](HttpResponse& answer,
                  const std::string& secret) { answer.body = "<html>" + secret + "</html>"; }},
    {"nothing", [](HttpResponse& answer, const std::string&) { answer.body.clear(); }},
    {"a failure that repeats it",
     [](HttpResponse& answer, const std::string& secret) {
       answer.status = 500;
       answer.body = R"({"code":13,"message":")" + std::string(250, 'x') + secret + R"("})";
     }},
    {"a break within the secret",
     [](HttpResponse& answer, const std::string& secret) {
       answer.body.resize(answer.body.find(secret) + 50);
     },
     true},
    {"a break behind the secret",
     [](HttpResponse& answer, const std::string& secret) {
       answer.body.resize(answer.body.find(secret) + secret.size() + 3);
     },
     true},
};

const std::vector<std::string> repeating_headers{"x-request-id", "request-id", "content-type",
                                                 "retry-after",  "server",     "x-other"};

std::string secret_of(const std::string& body) {
  constexpr std::string_view member = "\"apiKey\":\"";
  const std::size_t place = body.find(member);
  if (place == std::string::npos) return {};
  const std::size_t begin = place + member.size();
  return body.substr(begin, body.find('"', begin) - begin);
}

/// The program in front of a service that spoils the answer with the secret, and repeats that in
/// headers of this answer and of all later ones.
struct SpoilingApp : test::App {
  explicit SpoilingApp(const Spoiling& spoiling) {
    transport = [this, &spoiling](const HttpRequest& request) -> Result<HttpResponse> {
      auto answer = service->transport()(request);
      if (!answer) return answer;
      const bool is_minting = request.method == Method::post && minted.empty();
      if (is_minting) minted = secret_of(answer->body);
      if (minted.empty()) return answer;
      for (const std::string& header : repeating_headers) {
        std::erase_if(answer->headers, [&](const auto& one) { return one.name == header; });
        answer->headers.push_back({header, "r-" + minted});
      }
      if (!is_minting) return answer;
      spoiling.spoil(*answer, minted);
      if (!spoiling.breaks_off) return answer;
      if (request.salvage) request.salvage(*answer);
      return std::unexpected(management::Error{.kind = management::ErrorKind::unavailable,
                                               .outcome = Outcome::unknown,
                                               .message = "the connection broke off"});
    };
  }
  std::string minted{};
};

/// Any of its letters in a row that are more than a hint.
bool repeats(const std::string& text, const std::string& secret) {
  constexpr std::size_t letters = 16;
  for (std::size_t i = 0; i + letters <= secret.size(); i += letters / 2)
    if (text.contains(std::string_view{secret}.substr(i, letters))) return true;
  return text.contains(std::string_view{secret}.substr(secret.size() - letters));
}

std::string text_of_file(const std::string& path) {
  std::ifstream stream{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

TEST(MalformedAnswer, RepeatsTheNewSecretNowhere) {
  for (const Spoiling& spoiling : spoilings)
    for (const char* const format : {"text", "json"})
      for (const bool is_verbose : {false, true}) {
        const auto app = std::make_unique<SpoilingApp>(spoiling);
        const std::string file = app->folder.file("new.key");
        const std::string trace = app->folder.file("trace");
        std::vector<std::string> words{"create-key",   "--name",          "x",
                                       "--all-models", "--all-endpoints", "--secret-file",
                                       file,           "--output",        format};
        if (is_verbose) words.insert(words.end(), {"-v", "--trace-file", trace});
        const int code = app->run(words);
        const std::string what =
            std::string{spoiling.name} + " / " + format + (is_verbose ? " -v" : "");
        ASSERT_GE(app->minted.size(), 60U);
        const bool is_delivered = text_of_file(file) == app->minted;
        EXPECT_TRUE(code == 8 || (is_delivered && code == 0)) << what << app->err;
        EXPECT_FALSE(app->err.empty()) << what;
        EXPECT_FALSE(repeats(app->err, app->minted)) << what << "\n" << app->err;
        EXPECT_FALSE(repeats(app->out, app->minted)) << what << "\n" << app->out;
        EXPECT_FALSE(repeats(text_of_file(trace), app->minted)) << what;
      }
}

}  // namespace
}  // namespace xai::cli
