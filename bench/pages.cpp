// A server that has every answer ready: one usage answer of 100 series over 365 days, and 100,000
// audit events on pages of 100. It prints its port, and serves until it is ended.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

constexpr int series_count = 100;
constexpr int day_count = 365;
constexpr int page_count = 1000;
constexpr int events_per_page = 100;

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// A day of a year that has no leap day, such as `2025-11-24`.
std::string date_of(int day) {
  static constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int month = 0;
  while (day >= lengths[month]) day -= lengths[month++];
  return "2025-" + two_digits(month + 1) + "-" + two_digits(day + 1);
}

std::string answer(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string usage() {
  std::string body = R"({"timeSeries":[)";
  for (int series = 0; series < series_count; ++series) {
    const std::string name = "\"Chat model-" + std::to_string(series) + "\"";
    body += (series == 0 ? "" : ",") + std::string{R"({"group":[)"} + name +
            R"(],"groupLabels":[)" + name + R"(],"dataPoints":[)";
    for (int day = 0; day < day_count; ++day)
      body += (day == 0 ? "" : ",") + std::string{R"({"timestamp":")"} + date_of(day) +
              R"(T00:00:00Z","values":[)" + std::to_string(series % 7) + "." +
              std::to_string(10'000'019 + 7 * day * series) + "]}";
    body += "]}";
  }
  return answer(body + R"(],"limitReached":false})");
}

std::string page(int number) {
  std::string body = R"({"events":[)";
  for (int i = 0; i < events_per_page; ++i) {
    const int count = number * events_per_page + i;
    const std::string digits = std::to_string(100'000'000 + count);
    body += (i == 0 ? "" : ",") + std::string{R"({"eventTime":"2026-01-01T)"} +
            two_digits(count / 3600 % 24) + ":" + two_digits(count / 60 % 60) + ":" +
            two_digits(count % 60) + R"(.250000Z","eventId":"550e8400-e29b-41d4-a716-446)" +
            digits + R"(","description":"API key 'Production key )" + digits +
            R"(' was created","user":{"userId":"4d52c406-6ec6-4361-9b7c-40dc7e8ff284",)"
            R"("email":"admin@example.com","profileImage":"","givenName":"John",)"
            R"("familyName":"Doe","profileImageUrl":""}})";
  }
  body += R"(],"nextPageToken":")";
  if (number + 1 < page_count) body += std::to_string(number + 1);
  return answer(body + "\"}");
}

struct Answers {
  std::string usage{};
  std::vector<std::string> pages{};
};

const std::string& answer_to(const Answers& answers, std::string_view request) {
  if (request.starts_with("POST")) return answers.usage;
  constexpr std::string_view token = "pageToken=";
  const std::size_t place = request.find(token);
  const int number =
      place == std::string_view::npos ? 0 : std::atoi(request.data() + place + token.size());
  return answers.pages.at(static_cast<std::size_t>(std::clamp(number, 0, page_count - 1)));
}

void write_all(int connection, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::write(connection, text.data(), text.size());
    if (size <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

/// How many bytes the request that `text` begins with has; 0 when it is not whole yet.
std::size_t whole_request(const std::string& text) {
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  std::size_t length = 0;
  const std::size_t place = text.find("ontent-Length: ");
  if (place < end) length = static_cast<std::size_t>(std::atol(text.c_str() + place + 15));
  return text.size() >= end + 4 + length ? end + 4 + length : 0;
}

void serve(const Answers& answers, int connection) {
  std::string text;
  char buffer[16384];
  for (ssize_t size = 0; (size = ::read(connection, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(size));
    while (const std::size_t bytes = whole_request(text)) {
      write_all(connection, answer_to(answers, text));
      text.erase(0, bytes);
    }
  }
  ::close(connection);
}

}  // namespace

int main() {
  Answers answers{.usage = usage()};
  for (int number = 0; number < page_count; ++number) answers.pages.push_back(page(number));
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{
      .sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  if (::bind(listener, any, size) != 0 || ::listen(listener, 8) != 0 ||
      ::getsockname(listener, any, &size) != 0)
    return 1;
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  for (;;) {
    const int connection = ::accept(listener, nullptr, nullptr);
    if (connection >= 0) std::thread{serve, std::cref(answers), connection}.detach();
  }
}
