"""Calls a running Switchboard with clients that grpcio-tools generated from the published proto files.

Usage: client.py HOST:PORT DIRECTORY_OF_GENERATED_MODULES

Exits with 1 at the first answer that is not the exact one. The server is to be started with --gpu-count 24.
"""

import asyncio
import queue
import sys

import grpc

address, generated = sys.argv[1:]
sys.path.insert(0, generated)

import article_pb2 as article  # noqa: E402
import article_pb2_grpc as article_grpc  # noqa: E402
import authorize_pb2 as authorize  # noqa: E402
import authorize_pb2_grpc as authorize_grpc  # noqa: E402
import demo_pb2 as demo  # noqa: E402
import demo_pb2_grpc as demo_grpc  # noqa: E402
import greeter_pb2 as greeter  # noqa: E402
import greeter_pb2_grpc as greeter_grpc  # noqa: E402
import test_service_pb2 as test_service  # noqa: E402
import test_service_pb2_grpc as test_service_grpc  # noqa: E402

DEADLINE_SECONDS = 10


def expect(what, actual, wanted):
    if actual != wanted:
        sys.exit(f"{what}: got {actual!r}, wanted {wanted!r}")


def expect_status(what, code, call):
    try:
        call()
    except grpc.RpcError as error:
        expect(what, error.code(), code)
        return error
    sys.exit(f"{what}: got an answer, wanted {code}")


def check_unary(channel):
    stub = greeter_grpc.GreeterStub(channel)
    expect("SayHello", stub.SayHello(greeter.HelloRequest(name="ada")).message, "Hello, ada!")
    expect("SayHello, empty", stub.SayHello(greeter.HelloRequest()).message, "Hello, world!")
    expect("Test", stub.Test(greeter.HelloRequest(name="ada")).message, "Test ok: ada")

    gpus = authorize_grpc.AuthorizeStub(channel).GetGpuNum(authorize.AuthorizeHello(word="hi"))
    expect("GetGpuNum", gpus.count, 24)

    request = demo.hellojlcReq(name="jlc", age=18)
    request.number["one"].is_active = True
    answer = demo_grpc.demoStub(channel).hellojlc(request)
    expect("hellojlc", answer.result, "my name is jlc, i am 18 years old")

    table = test_service_grpc.TestServiceStub(channel)
    known = table.method(test_service.Request(request1="java-request1"))
    expect("method, known", [known.result1, known.result2], ["res1-java-client->py-server"] * 2)
    other = table.method(test_service.Request(request1="x", request2="y"))
    expect("method, other", [other.result1, other.result2], ["f1", "fn1"])


def check_articles(channel):
    stub = article_grpc.ArticleServiceStub(channel)
    first = article.Article(id=100, title="xx", content="yy", create_time="2030-10-10 00:00:00")
    second = article.Article(id=101, title="11", content="22", create_time="2030-10-10 00:00:00")
    listed = stub.ArticleList(article.ArticleListRequest())
    expect("ArticleList", list(listed.articles), [first, second])
    expect("ArticleList, page 2", list(stub.ArticleList(article.ArticleListRequest(page=2)).articles), [])
    expect("ArticleDetail", stub.ArticleDetail(article.ArticleDetailRequest(pk=101)).article, second)

    unknown = article.ArticleDetailRequest(pk=7)
    expect_status("ArticleDetail, unknown", grpc.StatusCode.NOT_FOUND, lambda: stub.ArticleDetail(unknown))
    negative = article.ArticleListRequest(page=-1)
    error = expect_status("ArticleList, negative", grpc.StatusCode.INVALID_ARGUMENT, lambda: stub.ArticleList(negative))
    details = dict(error.trailing_metadata())["grpc-status-details-bin"]
    expect("ArticleList, detail", b"type.googleapis.com/google.rpc.BadRequest" in details, True)


def check_streams(channel):
    stub = demo_grpc.demoStub(channel)

    received = stub.TestClientRecvStream(demo.TestClientRecvStreamRequest(data="x"), timeout=DEADLINE_SECONDS)
    expect("TestClientRecvStream", [next(received).result for _ in range(2)], ["send 1 x", "send 2 x"])
    received.cancel()
    closed = stub.TestClientRecvStream(demo.TestClientRecvStreamRequest(data="close"), timeout=DEADLINE_SECONDS)
    expect_status("TestClientRecvStream, close", grpc.StatusCode.CANCELLED, lambda: next(closed))

    few = (demo.TestClientSendStreamRequest(data=str(n)) for n in range(3))
    expect("TestClientSendStream", stub.TestClientSendStream(few, timeout=DEADLINE_SECONDS).result, "ok")

    def endless():
        while True:
            yield demo.TestClientSendStreamRequest(data="more")

    answer = stub.TestClientSendStream(endless(), timeout=DEADLINE_SECONDS)
    expect("TestClientSendStream, endless", answer.result, "ok")

    requests = queue.Queue()
    answers = stub.TestTwoWayStream(iter(requests.get, None), timeout=DEADLINE_SECONDS)
    for data in ["a", "b", "你好"]:
        requests.put(demo.TestTwoWayStreamRequest(data=data))
        expect("TestTwoWayStream", next(answers).result, f"service send client {data}")
    requests.put(None)
    expect("TestTwoWayStream, end", list(answers), [])


async def check_asyncio():
    async with grpc.aio.insecure_channel(address) as channel:
        stub = demo_grpc.demoStub(channel)
        call = stub.TestTwoWayStream(timeout=DEADLINE_SECONDS)
        for data in ["a", "b"]:
            await call.write(demo.TestTwoWayStreamRequest(data=data))
            expect("aio TestTwoWayStream", (await call.read()).result, f"service send client {data}")
        await call.done_writing()
        expect("aio TestTwoWayStream, end", await call.read(), grpc.aio.EOF)
        expect("aio TestTwoWayStream, status", await call.code(), grpc.StatusCode.OK)

        received = []
        async for message in stub.TestClientRecvStream(demo.TestClientRecvStreamRequest(data="x")):
            received.append(message.result)
            if len(received) == 2:
                break
        expect("aio TestClientRecvStream", received, ["send 1 x", "send 2 x"])


with grpc.insecure_channel(address) as opened:
    check_unary(opened)
    check_articles(opened)
    check_streams(opened)
asyncio.run(check_asyncio())
print(f"grpcio {grpc.__version__}: every answer is exact")
