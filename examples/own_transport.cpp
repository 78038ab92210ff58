// A Transport is a function from request to answer. This one reaches no network: it writes down
// what is asked and replays prepared answers, as a test does. A proxy would be the same shape.
//   own_transport
#include <deque>
#include <iostream>
#include <mutex>
#include <string>
#include <vector>

#include "xai/management/api_keys.h"
#include "xai/management/client.h"

using namespace xai::management;

namespace {

/// Called from several threads when the Client is, hence the mutex.
struct Recording {
  std::mutex mutex{};
  std::deque<HttpResponse> answers{};
  std::vector<std::string> requests{};

  Result<HttpResponse> play(const HttpRequest& request) {
    const std::lock_guard lock{mutex};
    // `request.credential` holds the management key: it is what a recording must leave out.
    requests.push_back(std::string{name_of(request.method)} + ' ' + request.target + ' ' +
                       request.body);
    if (answers.empty())  // No byte left this machine, so a repeat would be safe.
      return std::unexpected(Error{.kind = ErrorKind::unavailable,
                                   .outcome = Outcome::not_sent,
                                   .message = "the recording is over"});
    HttpResponse answer = std::move(answers.front());
    answers.pop_front();
    return answer;
  }
};

}  // namespace

int main() {
  Recording recording;
  recording.answers = {
      {.status = 200, .body = R"({"apiKeys":[{"name":"My App"}],"paginationToken":"2"})"},
      {.status = 200, .body = R"({"apiKeys":[{"name":"Batch"}]})"}};
  const Client client{
      {.management_key = Secret{"any"},
       .team_id = "my-team",
       .retry = {.attempts_max = 1},
       .transport = [&](const HttpRequest& request) { return recording.play(request); }}};

  for (const auto& page : client.pages(ListApiKeys{.page_size = 1}))
    if (page) std::cout << page->api_keys.front().name << '\n';
  const auto gone = client.send(DeleteApiKey{.api_key_id = "1"});
  std::cout << (gone ? "deleted" : gone.error().message) << '\n';
  for (const std::string& request : recording.requests) std::cout << request << '\n';
}
