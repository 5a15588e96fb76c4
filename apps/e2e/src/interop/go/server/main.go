// A grpc-go server of harbour.v1 with reflection, on a free port of 127.0.0.1.
//
// It prints "Harbour ready at HOST:PORT" when it can be called, and serves until it is killed.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/reflection"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	harbourv1 "switchboard.example/interop/gen/harbour/v1"
)

type harbour struct {
	harbourv1.UnimplementedHarbourServiceServer
}

func ship(name string) *harbourv1.Ship {
	return &harbourv1.Ship{
		Name:      name,
		LoadGrams: 9_007_199_254_740_993,
		Kind:      harbourv1.Ship_KIND_TANKER,
		BuildTime: timestamppb.New(time.Date(2030, 10, 10, 0, 0, 0, 0, time.UTC)),
	}
}

func (harbour) GetShip(ctx context.Context, request *harbourv1.GetShipRequest) (*harbourv1.GetShipResponse, error) {
	if request.GetName() == "" {
		return nil, status.Error(codes.InvalidArgument, "100% of ships have a name, même ici")
	}
	incoming, _ := metadata.FromIncomingContext(ctx)
	header := metadata.MD{"x-berth": incoming.Get("x-berth")}
	if err := grpc.SetHeader(ctx, header); err != nil {
		return nil, err
	}
	if err := grpc.SetTrailer(ctx, metadata.Pairs("x-pilot-bin", "\x00\xff\x7f")); err != nil {
		return nil, err
	}
	return &harbourv1.GetShipResponse{Ship: ship(request.GetName())}, nil
}

func (harbour) WatchShips(
	request *harbourv1.WatchShipsRequest,
	stream grpc.ServerStreamingServer[harbourv1.WatchShipsResponse],
) error {
	for n := range request.GetCount() {
		if err := stream.Send(&harbourv1.WatchShipsResponse{Ship: ship(fmt.Sprintf("ship %d", n))}); err != nil {
			return err
		}
	}
	return nil
}

func (harbour) WeighShips(
	stream grpc.ClientStreamingServer[harbourv1.WeighShipsRequest, harbourv1.WeighShipsResponse],
) error {
	var load int64
	for {
		request, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return stream.SendAndClose(&harbourv1.WeighShipsResponse{LoadGrams: load})
		}
		if err != nil {
			return err
		}
		load += request.GetShip().GetLoadGrams()
	}
}

func (harbour) Hail(stream grpc.BidiStreamingServer[harbourv1.HailRequest, harbourv1.HailResponse]) error {
	for {
		request, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(&harbourv1.HailResponse{Text: "you said " + request.GetText()}); err != nil {
			return err
		}
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	harbourv1.RegisterHarbourServiceServer(server, harbour{})
	reflection.Register(server)
	fmt.Println("Harbour ready at", listener.Addr())
	log.Fatal(server.Serve(listener))
}
