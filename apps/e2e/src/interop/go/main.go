// Calls a running Switchboard with clients that protoc-gen-go generated from the published proto files.
//
// Usage: interop HOST:PORT
//
// Exits with 1 at the first answer that is not the exact one. The server is to be started with --gpu-count 24.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"switchboard.example/interop/gen/article"
	"switchboard.example/interop/gen/authorize"
	"switchboard.example/interop/gen/demo"
	"switchboard.example/interop/gen/greeter"
	"switchboard.example/interop/gen/test_service"
)

const deadline = 10 * time.Second

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	if err := run(ctx, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("grpc-go " + grpc.Version + ": every answer is exact")
}

func run(ctx context.Context, address string) error {
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer conn.Close()
	checks := []func(context.Context, *grpc.ClientConn) error{
		checkGreeter, checkAuthorize, checkTestService, checkArticles, checkBadRequest,
		checkHellojlc, checkServerStream, checkClientStream, checkBidi,
	}
	for _, check := range checks {
		if err := check(ctx, conn); err != nil {
			return err
		}
	}
	return nil
}

// expect turns a call's error, or an answer other than the wanted one, into an error that names the call.
func expect[T comparable](what string, err error, actual, wanted T) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if actual != wanted {
		return fmt.Errorf("%s: got %v, wanted %v", what, actual, wanted)
	}
	return nil
}

func checkGreeter(ctx context.Context, conn *grpc.ClientConn) error {
	client := greeter.NewGreeterClient(conn)
	hello, err := client.SayHello(ctx, &greeter.HelloRequest{Name: "ada"})
	if err := expect("SayHello", err, hello.GetMessage(), "Hello, ada!"); err != nil {
		return err
	}
	ok, err := client.Test(ctx, &greeter.HelloRequest{Name: "ada"})
	return expect("Test", err, ok.GetMessage(), "Test ok: ada")
}

func checkAuthorize(ctx context.Context, conn *grpc.ClientConn) error {
	gpus, err := authorize.NewAuthorizeClient(conn).GetGpuNum(ctx, &authorize.AuthorizeHello{Word: "hi"})
	return expect("GetGpuNum", err, gpus.GetCount(), 24)
}

func checkTestService(ctx context.Context, conn *grpc.ClientConn) error {
	client := test_service.NewTestServiceClient(conn)
	const known = "res1-java-client->py-server"
	first, err := client.Method(ctx, &test_service.Request{Request1: "java-request1"})
	if err := expect("method, known", err, first.GetResult1()+first.GetResult2(), known+known); err != nil {
		return err
	}
	other, err := client.Method(ctx, &test_service.Request{})
	return expect("method, other", err, other.GetResult1()+" "+other.GetResult2(), "f1 fn1")
}

func checkArticles(ctx context.Context, conn *grpc.ClientConn) error {
	client := article.NewArticleServiceClient(conn)
	wanted := []*article.Article{
		{Id: 100, Title: "xx", Content: "yy", CreateTime: "2030-10-10 00:00:00"},
		{Id: 101, Title: "11", Content: "22", CreateTime: "2030-10-10 00:00:00"},
	}
	listed, err := client.ArticleList(ctx, &article.ArticleListRequest{})
	equal := slices.EqualFunc(listed.GetArticles(), wanted, func(a, b *article.Article) bool { return proto.Equal(a, b) })
	if err := expect("ArticleList", err, equal, true); err != nil {
		return err
	}
	detail, err := client.ArticleDetail(ctx, &article.ArticleDetailRequest{Pk: 101})
	return expect("ArticleDetail", err, proto.Equal(detail.GetArticle(), wanted[1]), true)
}

func checkBadRequest(ctx context.Context, conn *grpc.ClientConn) error {
	client := article.NewArticleServiceClient(conn)
	_, err := client.ArticleDetail(ctx, &article.ArticleDetailRequest{Pk: 7})
	if err := expect("ArticleDetail, unknown", nil, status.Code(err), codes.NotFound); err != nil {
		return err
	}
	_, err = client.ArticleList(ctx, &article.ArticleListRequest{Page: -1, PageSize: 101})
	if err := expect("ArticleList, negative", nil, status.Code(err), codes.InvalidArgument); err != nil {
		return err
	}
	var fields []string
	for _, detail := range status.Convert(err).Details() {
		if badRequest, ok := detail.(*errdetails.BadRequest); ok {
			for _, violation := range badRequest.GetFieldViolations() {
				fields = append(fields, violation.GetField())
			}
		}
	}
	return expect("ArticleList, detail", nil, strings.Join(fields, " "), "page page_size")
}

func checkHellojlc(ctx context.Context, conn *grpc.ClientConn) error {
	request := &demo.HellojlcReq{
		Name:   "jlc",
		Age:    18,
		Number: map[string]*demo.HellojlcReqHellojlcReqNumberValue{"one": {IsActive: true}},
	}
	answer, err := demo.NewDemoClient(conn).Hellojlc(ctx, request)
	return expect("hellojlc", err, answer.GetResult(), "my name is jlc, i am 18 years old")
}

func checkServerStream(ctx context.Context, conn *grpc.ClientConn) error {
	ctx, cancel := context.WithCancel(ctx)
	client := demo.NewDemoClient(conn)
	stream, err := client.TestClientRecvStream(ctx, &demo.TestClientRecvStreamRequest{Data: "x"})
	for n := 1; err == nil && n <= 2; n++ {
		message, receiveErr := stream.Recv()
		err = expect("TestClientRecvStream", receiveErr, message.GetResult(), fmt.Sprintf("send %d x", n))
	}
	if err != nil {
		cancel()
		return err
	}
	closed, err := client.TestClientRecvStream(ctx, &demo.TestClientRecvStreamRequest{Data: "close"})
	if err == nil {
		_, err = closed.Recv()
	}
	// Cancelled by the server: the client cancels its own calls after this.
	cancelled := status.Code(err)
	cancel()
	return expect("TestClientRecvStream, close", nil, cancelled, codes.Canceled)
}

func checkClientStream(ctx context.Context, conn *grpc.ClientConn) error {
	stream, err := demo.NewDemoClient(conn).TestClientSendStream(ctx)
	for n := 0; err == nil && n < 11; n++ {
		err = stream.Send(&demo.TestClientSendStreamRequest{Data: "more"})
	}
	if err != nil {
		return err
	}
	// The stream stays open: the answer comes at the eleventh message.
	answer := new(demo.TestClientSendStreamResponse)
	err = stream.RecvMsg(answer)
	return expect("TestClientSendStream", err, answer.GetResult(), "ok")
}

func checkBidi(ctx context.Context, conn *grpc.ClientConn) error {
	stream, err := demo.NewDemoClient(conn).TestTwoWayStream(ctx)
	if err != nil {
		return err
	}
	for _, data := range []string{"a", "b", "你好"} {
		if err := stream.Send(&demo.TestTwoWayStreamRequest{Data: data}); err != nil {
			return err
		}
		answer, err := stream.Recv()
		if err := expect("TestTwoWayStream", err, answer.GetResult(), "service send client "+data); err != nil {
			return err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	_, err = stream.Recv()
	return expect("TestTwoWayStream, end", nil, err, io.EOF)
}
