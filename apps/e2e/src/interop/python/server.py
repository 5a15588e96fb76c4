"""A grpcio server of harbour.v1 with reflection, on a free port of 127.0.0.1.

Usage: server.py DIRECTORY_OF_GENERATED_MODULES

Prints "Harbour ready at HOST:PORT" when it can be called, and serves until it is killed.
"""

import concurrent.futures
import sys

import grpc
from grpc_reflection.v1alpha import reflection

sys.path.insert(0, sys.argv[1])

from harbour.v1 import harbour_service_pb2 as harbour  # noqa: E402
from harbour.v1 import harbour_service_pb2_grpc as harbour_grpc  # noqa: E402
from harbour.v1 import ship_pb2  # noqa: E402


def ship(name):
    built = ship_pb2.Ship(name=name, load_grams=9_007_199_254_740_993, kind=ship_pb2.Ship.KIND_TANKER)
    built.build_time.FromJsonString("2030-10-10T00:00:00Z")
    return built


class Harbour(harbour_grpc.HarbourServiceServicer):
    def GetShip(self, request, context):
        if not request.name:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "100% of ships have a name, même ici")
        context.send_initial_metadata([pair for pair in context.invocation_metadata() if pair[0] == "x-berth"])
        context.set_trailing_metadata([("x-pilot-bin", b"\x00\xff\x7f")])
        return harbour.GetShipResponse(ship=ship(request.name))

    def WatchShips(self, request, context):
        for n in range(request.count):
            yield harbour.WatchShipsResponse(ship=ship(f"ship {n}"))

    def WeighShips(self, requests, context):
        return harbour.WeighShipsResponse(load_grams=sum(request.ship.load_grams for request in requests))

    def Hail(self, requests, context):
        for request in requests:
            yield harbour.HailResponse(text=f"you said {request.text}")


server = grpc.server(concurrent.futures.ThreadPoolExecutor(max_workers=10))
harbour_grpc.add_HarbourServiceServicer_to_server(Harbour(), server)
service = harbour.DESCRIPTOR.services_by_name["HarbourService"]
reflection.enable_server_reflection([service.full_name, reflection.SERVICE_NAME], server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
print(f"Harbour ready at 127.0.0.1:{port}", flush=True)
server.wait_for_termination()
