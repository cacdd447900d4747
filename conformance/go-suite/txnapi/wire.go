package txnapi

import (
	"context"
	"fmt"
	"time"

	"github.com/pingcap/kvproto/pkg/kvrpcpb"
	"github.com/tikv/client-go/v2/tikv"
	"github.com/tikv/client-go/v2/tikvrpc"
)

// abandoned is a transaction driven request by request, so that it can stop anywhere as a dead client would.
type abandoned struct {
	s       suite
	startTS uint64
	// keys[0] is the primary.
	keys   [][]byte
	values [][]byte
}

func (s suite) abandon(ctx context.Context, area string, count int) (*abandoned, error) {
	startTS, err := s.client.GetTimestamp(ctx)
	txn := &abandoned{s: s, startTS: startTS}
	for i := range count {
		txn.keys = append(txn.keys, key(area, i))
		txn.values = append(txn.values, fmt.Appendf(nil, "abandoned %d", i))
	}
	return txn, err
}

// send needs keys that lie in one region, which a fresh node has.
func send[Response any](ctx context.Context, txn *abandoned, kind tikvrpc.CmdType, request any) (Response, error) {
	var none Response
	backoff := tikv.NewBackofferWithVars(ctx, 20000, nil)
	location, err := txn.s.client.GetRegionCache().LocateKey(backoff, txn.keys[0])
	if err != nil {
		return none, err
	}
	answer, err := txn.s.client.SendReq(backoff, tikvrpc.NewRequest(kind, request), location.Region, 20*time.Second)
	if err != nil {
		return none, err
	}
	regionError, err := answer.GetRegionError()
	if err != nil || regionError != nil {
		return none, fmt.Errorf("%s: region error %v, %v", kind, regionError, err)
	}
	response, ok := answer.Resp.(Response)
	if !ok {
		return none, fmt.Errorf("%s: answered with %T", kind, answer.Resp)
	}
	return response, nil
}

func (txn *abandoned) prewrite(ctx context.Context, lifetime time.Duration) error {
	_, err := txn.prewriteAs(ctx, lifetime, func(*kvrpcpb.PrewriteRequest) {})
	return err
}

// prewriteAs lets offer ask for more than two phases; the answer says what the server took.
func (txn *abandoned) prewriteAs(
	ctx context.Context, lifetime time.Duration, offer func(*kvrpcpb.PrewriteRequest),
) (*kvrpcpb.PrewriteResponse, error) {
	request := &kvrpcpb.PrewriteRequest{
		PrimaryLock:  txn.keys[0],
		StartVersion: txn.startTS,
		LockTtl:      uint64(lifetime.Milliseconds()),
		TxnSize:      uint64(len(txn.keys)),
		MinCommitTs:  txn.startTS + 1,
	}
	for i := range txn.keys {
		request.Mutations = append(request.Mutations, &kvrpcpb.Mutation{Op: kvrpcpb.Op_Put, Key: txn.keys[i], Value: txn.values[i]})
	}
	offer(request)
	response, err := send[*kvrpcpb.PrewriteResponse](ctx, txn, tikvrpc.CmdPrewrite, request)
	if err == nil && len(response.Errors) > 0 {
		err = fmt.Errorf("prewrite: %v", response.Errors)
	}
	return response, err
}

func (txn *abandoned) commit(ctx context.Context, commitTS uint64, keys ...[]byte) (*kvrpcpb.KeyError, error) {
	response, err := send[*kvrpcpb.CommitResponse](ctx, txn, tikvrpc.CmdCommit, &kvrpcpb.CommitRequest{
		StartVersion: txn.startTS, CommitVersion: commitTS, Keys: keys,
	})
	if err != nil {
		return nil, err
	}
	return response.Error, nil
}

// heartbeat returns the lifetime in force afterwards.
func (txn *abandoned) heartbeat(ctx context.Context, lifetime time.Duration) (time.Duration, error) {
	response, err := send[*kvrpcpb.TxnHeartBeatResponse](ctx, txn, tikvrpc.CmdTxnHeartBeat, &kvrpcpb.TxnHeartBeatRequest{
		PrimaryLock: txn.keys[0], StartVersion: txn.startTS, AdviseLockTtl: uint64(lifetime.Milliseconds()),
	})
	if err != nil {
		return 0, err
	}
	if response.Error != nil {
		return 0, fmt.Errorf("heartbeat: %v", response.Error)
	}
	return time.Duration(response.LockTtl) * time.Millisecond, nil
}

// status asks as a reader would that met the lock at currentTS.
func (txn *abandoned) status(ctx context.Context, currentTS uint64) (*kvrpcpb.CheckTxnStatusResponse, error) {
	return send[*kvrpcpb.CheckTxnStatusResponse](ctx, txn, tikvrpc.CmdCheckTxnStatus, &kvrpcpb.CheckTxnStatusRequest{
		PrimaryKey: txn.keys[0], LockTs: txn.startTS, CallerStartTs: currentTS, CurrentTs: currentTS,
	})
}
