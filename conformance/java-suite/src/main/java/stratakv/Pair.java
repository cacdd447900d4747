package stratakv;

import java.util.List;
import org.tikv.kvproto.Kvrpcpb.KvPair;
import org.tikv.shade.com.google.protobuf.ByteString;

/** A key and its value, without the other fields of the wire's pair. */
record Pair(ByteString key, ByteString value) {
  static List<Pair> of(List<KvPair> pairs) {
    return pairs.stream().map(pair -> new Pair(pair.getKey(), pair.getValue())).toList();
  }

  @Override
  public String toString() {
    return key.toStringUtf8() + "=" + value.toStringUtf8();
  }
}
