"""The same contracts on grpcio, without a log, as its tutorials write them.

Usage: grpcio-server.py threads|asyncio
"""

import asyncio
import pathlib
import sys
from concurrent import futures

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).parents[5] / "proto" / "original"))
greeter, greeter_grpc = grpc.protos_and_services("greeter.proto")
demo, demo_grpc = grpc.protos_and_services("demo.proto")

WORKERS = 10


def greet(request):
    return greeter.HelloReply(message=f"Hello, {request.name or 'world'}!")


def echo(request):
    return demo.TestTwoWayStreamResponse(result=f"service send client {request.data}")


def unpaced(request):
    message = demo.TestClientRecvStreamResponse(result="send 1 ada")
    return (message for _ in range(int(request.data)))


class Greeter(greeter_grpc.GreeterServicer):
    def SayHello(self, request, context):
        return greet(request)


class Demo(demo_grpc.demoServicer):
    def TestTwoWayStream(self, request_iterator, context):
        for request in request_iterator:
            yield echo(request)

    def TestClientRecvStream(self, request, context):
        yield from unpaced(request)


class AsyncGreeter(greeter_grpc.GreeterServicer):
    async def SayHello(self, request, context):
        return greet(request)


class AsyncDemo(demo_grpc.demoServicer):
    async def TestTwoWayStream(self, request_iterator, context):
        async for request in request_iterator:
            yield echo(request)

    async def TestClientRecvStream(self, request, context):
        for message in unpaced(request):
            yield message


def listen(server):
    port = server.add_insecure_port("127.0.0.1:0")
    return f"Subject ready at http://127.0.0.1:{port}"


def serve_on_threads():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=WORKERS))
    greeter_grpc.add_GreeterServicer_to_server(Greeter(), server)
    demo_grpc.add_demoServicer_to_server(Demo(), server)
    ready = listen(server)
    server.start()
    print(ready, flush=True)
    server.wait_for_termination()


async def serve_on_asyncio():
    server = grpc.aio.server()
    greeter_grpc.add_GreeterServicer_to_server(AsyncGreeter(), server)
    demo_grpc.add_demoServicer_to_server(AsyncDemo(), server)
    ready = listen(server)
    await server.start()
    print(ready, flush=True)
    await server.wait_for_termination()


if sys.argv[1] == "threads":
    serve_on_threads()
else:
    asyncio.run(serve_on_asyncio())
