// Prints what the Go packages of kvproto, etcd and gRPC's health service say about themselves: every message, enum and service
// method, with names, numbers, types and labels, as one JSON document. The descriptors are read from the registry that the
// generated packages fill at start. Arguments: the protobuf packages wanted.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
	"sort"
	"strings"

	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"

	_ "github.com/pingcap/kvproto/pkg/coprocessor"
	_ "github.com/pingcap/kvproto/pkg/deadlock"
	_ "github.com/pingcap/kvproto/pkg/disk_usage"
	_ "github.com/pingcap/kvproto/pkg/encryptionpb"
	_ "github.com/pingcap/kvproto/pkg/eraftpb"
	_ "github.com/pingcap/kvproto/pkg/errorpb"
	_ "github.com/pingcap/kvproto/pkg/import_sstpb"
	_ "github.com/pingcap/kvproto/pkg/keyspacepb"
	_ "github.com/pingcap/kvproto/pkg/kvrpcpb"
	_ "github.com/pingcap/kvproto/pkg/meta_storagepb"
	_ "github.com/pingcap/kvproto/pkg/metapb"
	_ "github.com/pingcap/kvproto/pkg/pdpb"
	_ "github.com/pingcap/kvproto/pkg/raft_cmdpb"
	_ "github.com/pingcap/kvproto/pkg/raft_serverpb"
	_ "github.com/pingcap/kvproto/pkg/replication_modepb"
	_ "github.com/pingcap/kvproto/pkg/resource_manager"
	_ "github.com/pingcap/kvproto/pkg/tikvpb"
	_ "github.com/pingcap/kvproto/pkg/tracepb"
	_ "go.etcd.io/etcd/api/v3/etcdserverpb"
	_ "google.golang.org/grpc/health/grpc_health_v1"
)

// A field is one line, so that a change of kvproto is a readable diff: "3 repeated uint64 request_ids", with "oneof NAME" behind
// a member of a oneof.
type document struct {
	Sources  []string                     `json:"sources"`
	Messages map[string][]string          `json:"messages"`
	Enums    map[string]map[string]int32  `json:"enums"`
	Services map[string]map[string]string `json:"services"`
}

func main() {
	doc := document{
		Messages: map[string][]string{},
		Enums:    map[string]map[string]int32{},
		Services: map[string]map[string]string{},
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range info.Deps {
			switch dep.Path {
			case "github.com/pingcap/kvproto", "go.etcd.io/etcd/api/v3", "google.golang.org/grpc":
				doc.Sources = append(doc.Sources, dep.Path+" "+dep.Version)
			}
		}
	}
	wanted := map[string]bool{}
	for _, name := range os.Args[1:] {
		wanted[name] = true
	}
	protoregistry.GlobalFiles.RangeFiles(func(file protoreflect.FileDescriptor) bool {
		if wanted[string(file.Package())] {
			addFile(&doc, protodesc.ToFileDescriptorProto(file))
		}
		return true
	})
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	check(encoder.Encode(doc))
}

func addFile(doc *document, file *descriptorpb.FileDescriptorProto) {
	prefix := file.GetPackage()
	for _, message := range file.MessageType {
		addMessage(doc, prefix, message)
	}
	for _, enum := range file.EnumType {
		addEnum(doc, prefix, enum)
	}
	for _, service := range file.Service {
		methods := map[string]string{}
		for _, method := range service.Method {
			methods[method.GetName()] = fmt.Sprintf("%s%s -> %s%s",
				stream(method.GetClientStreaming()), method.GetInputType()[1:],
				stream(method.GetServerStreaming()), method.GetOutputType()[1:])
		}
		doc.Services[prefix+"."+service.GetName()] = methods
	}
}

func addMessage(doc *document, prefix string, message *descriptorpb.DescriptorProto) {
	name := prefix + "." + message.GetName()
	fields := append([]*descriptorpb.FieldDescriptorProto{}, message.Field...)
	sort.Slice(fields, func(i, j int) bool { return fields[i].GetNumber() < fields[j].GetNumber() })
	lines := []string{}
	for _, field := range fields {
		kind := strings.ToLower(strings.TrimPrefix(field.GetType().String(), "TYPE_"))
		if field.GetTypeName() != "" {
			kind = field.GetTypeName()[1:]
		}
		label := strings.ToLower(strings.TrimPrefix(field.GetLabel().String(), "LABEL_"))
		line := fmt.Sprintf("%d %s %s %s", field.GetNumber(), label, kind, field.GetName())
		if field.OneofIndex != nil {
			line += " oneof " + message.OneofDecl[field.GetOneofIndex()].GetName()
		}
		lines = append(lines, line)
	}
	doc.Messages[name] = lines
	for _, nested := range message.NestedType {
		addMessage(doc, name, nested)
	}
	for _, enum := range message.EnumType {
		addEnum(doc, name, enum)
	}
}

func addEnum(doc *document, prefix string, enum *descriptorpb.EnumDescriptorProto) {
	values := map[string]int32{}
	for _, value := range enum.Value {
		values[value.GetName()] = value.GetNumber()
	}
	doc.Enums[prefix+"."+enum.GetName()] = values
}

func stream(streaming bool) string {
	if streaming {
		return "stream "
	}
	return ""
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
