import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.InetAddressPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RegexpQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Runs query_string queries on real Lucene, the way Elasticsearch sets its parser up.
 *
 * One JSON object a line on standard input, one a line on standard output:
 *
 *     {"leadingWildcard":true,"types":{"n":"number"},"defaultType":"keyword","documents":[{"f":["a"],"n":[1]}],"queries":["f:a","f:"]}
 *     {"results":[{"hits":[0]},{"error":"Cannot parse 'f:' ..."}]}
 *
 * `leadingWildcard` is query_string's `allow_leading_wildcard`. A document maps a field to its values, a type is one of keyword, folded, standard, whitespace, number, ip, date. What
 * Elasticsearch adds to Lucene's classic parser, after its QueryStringQueryParser: `_exists_`, a lone `*` as a test of
 * existence, `>` and `<` ranges, `*` as default field over all fields, and a match-all beside purely negative clauses.
 */
public class QueryString {
  /** Lucene's terms hold 32,766 bytes at most; a character of Java takes three at most. */
  private static final int LONGEST_TERM = 10_000;

  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isBlank()) continue;
      out.println(answer(new Json(line).object()));
    }
  }

  private static String answer(Map<String, Object> request) throws Exception {
    Types types = new Types(request);
    TreeSet<String> fields = new TreeSet<>();
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(types.analyzer()))) {
        int number = 0;
        for (Object each : (List<?>) request.get("documents")) writer.addDocument(document(each, number++, types, fields));
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        List<String> results = new ArrayList<>();
        for (Object query : (List<?>) request.get("queries")) results.add(result((String) query, searcher, types, fields));
        return "{\"results\":[" + String.join(",", results) + "]}";
      }
    }
  }

  private static Document document(Object values, int number, Types types, TreeSet<String> fields) {
    Document document = new Document();
    document.add(new StoredField("number", number));
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) values).entrySet()) {
      String field = (String) entry.getKey();
      fields.add(field);
      for (Object value : (List<?>) entry.getValue()) add(document, field, String.valueOf(value), types.of(field));
    }
    return document;
  }

  /** A value that its type can't hold is left out, as by `ignore_malformed`. */
  private static void add(Document document, String field, String text, String type) {
    try {
      switch (type) {
        case "number":
          document.add(new DoublePoint(field, Double.parseDouble(text)));
          break;
        case "ip":
          document.add(new InetAddressPoint(field, address(text)));
          break;
        case "keyword":
          if (text.length() < LONGEST_TERM) document.add(new StringField(field, text, Field.Store.NO));
          break;
        case "date":
          break;
        default:
          document.add(new TextField(field, text, Field.Store.NO));
      }
      document.add(new StringField("_field_names", field, Field.Store.NO));
    } catch (IllegalArgumentException malformed) {
      return;
    }
  }

  private static String result(String text, IndexSearcher searcher, Types types, TreeSet<String> fields) {
    try {
      List<String> hits = new ArrayList<>();
      Query query = text.trim().isEmpty() ? new MatchNoDocsQuery() : new Parser(types, fields).parse(text);
      for (ScoreDoc hit : searcher.search(query, Math.max(1, searcher.getIndexReader().maxDoc())).scoreDocs)
        hits.add(searcher.doc(hit.doc).get("number"));
      return "{\"hits\":[" + String.join(",", hits) + "]}";
    } catch (Exception | StackOverflowError fault) {
      return "{\"error\":" + Json.quoted(String.valueOf(fault.getMessage())) + "}";
    }
  }

  private static InetAddress address(String text) {
    try {
      if (!text.matches("[0-9A-Fa-f.:]+")) throw new IllegalArgumentException("'" + text + "' is not an IP string literal.");
      return InetAddress.getByName(text);
    } catch (java.net.UnknownHostException fault) {
      throw new IllegalArgumentException("'" + text + "' is not an IP string literal.");
    }
  }

  /** Which type a field has, and how each type's text becomes terms. */
  private static final class Types {
    private final Map<?, ?> types;
    private final String defaultType;
    final boolean leadingWildcard;
    private final Map<String, Analyzer> analyzers =
        Map.of("keyword", new KeywordAnalyzer(), "folded", new Folded(), "standard", new StandardAnalyzer(),
            "whitespace", new WhitespaceAnalyzer(), "number", new KeywordAnalyzer(), "ip", new KeywordAnalyzer(), "date", new KeywordAnalyzer());

    Types(Map<String, Object> request) {
      types = (Map<?, ?>) request.get("types");
      defaultType = (String) request.get("defaultType");
      leadingWildcard = "true".equals(request.get("leadingWildcard"));
    }

    String of(String field) {
      Object own = types.get(field);
      return own == null ? defaultType : (String) own;
    }

    Analyzer analyzer() {
      return new DelegatingAnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
        @Override
        protected Analyzer getWrappedAnalyzer(String field) {
          return analyzers.get(of(field));
        }
      };
    }
  }

  /** One term a value, lower-cased: a keyword with the `lowercase` normaliser. */
  private static final class Folded extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer whole = new KeywordTokenizer();
      return new TokenStreamComponents(whole, new LowerCaseFilter(whole));
    }

    @Override
    protected TokenStream normalize(String field, TokenStream in) {
      return new LowerCaseFilter(in);
    }
  }

  private static final class Parser extends QueryParser {
    private final Types types;
    private final TreeSet<String> fields;

    Parser(Types types, TreeSet<String> fields) {
      super("*", types.analyzer());
      this.types = types;
      this.fields = fields;
      setAllowLeadingWildcard(types.leadingWildcard);
      setSplitOnWhitespace(false);
    }

    private interface Single {
      Query of(String field) throws ParseException;
    }

    /** The default field stands for all fields; a field that can't take the text then finds nothing. */
    private Query each(String field, Single single) throws ParseException {
      if (!"*".equals(field)) return single.of(field);
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      for (String name : fields) {
        try {
          Query query = single.of(name);
          if (query != null) any.add(query, Occur.SHOULD);
        } catch (RuntimeException unfit) {
          any.add(new MatchNoDocsQuery(), Occur.SHOULD);
        }
      }
      return any.build();
    }

    @Override
    public Query getFieldQuery(String field, String text, boolean quoted) throws ParseException {
      if ("_exists_".equals(field)) return exists(text);
      if (!quoted && text.length() > 1 && (text.charAt(0) == '>' || text.charAt(0) == '<')) {
        boolean inclusive = text.length() > 2 && text.charAt(1) == '=';
        String bound = text.substring(inclusive ? 2 : 1);
        return text.charAt(0) == '>'
            ? getRangeQuery(field, bound, null, inclusive, true)
            : getRangeQuery(field, null, bound, true, inclusive);
      }
      return each(field, name -> fieldQuery(name, text, quoted));
    }

    private Query fieldQuery(String field, String text, boolean quoted) throws ParseException {
      switch (types.of(field)) {
        case "number":
          return DoublePoint.newExactQuery(field, Double.parseDouble(text));
        case "ip":
          String[] parts = text.split("/");
          return parts.length == 2
              ? InetAddressPoint.newPrefixQuery(field, address(parts[0]), Integer.parseInt(parts[1]))
              : InetAddressPoint.newExactQuery(field, address(text));
        case "date":
          throw new IllegalArgumentException("dates are not searched here");
        default:
          return newFieldQuery(getAnalyzer(), field, text, quoted);
      }
    }

    @Override
    protected Query getRangeQuery(String field, String low, String high, boolean fromLow, boolean toHigh)
        throws ParseException {
      return each(field, name -> {
        if (!"number".equals(types.of(name))) return newRangeQuery(name, low, high, fromLow, toHigh);
        double from = low == null ? Double.NEGATIVE_INFINITY : Double.parseDouble(low);
        double to = high == null ? Double.POSITIVE_INFINITY : Double.parseDouble(high);
        return DoublePoint.newRangeQuery(
            name, fromLow ? from : DoublePoint.nextUp(from), toHigh ? to : DoublePoint.nextDown(to));
      });
    }

    @Override
    protected Query getWildcardQuery(String field, String text) throws ParseException {
      if (text.equals("*")) return "*".equals(field) ? new MatchAllDocsQuery() : exists(field);
      return each(field, name -> {
        refusePatterns(name);
        return super.getWildcardQuery(name, text);
      });
    }

    @Override
    protected Query getPrefixQuery(String field, String text) throws ParseException {
      return each(field, name -> {
        refusePatterns(name);
        return super.getPrefixQuery(name, text);
      });
    }

    @Override
    protected Query getRegexpQuery(String field, String text) throws ParseException {
      if (text.length() > 1000) throw new IllegalArgumentException("The length of regex [" + text.length() + "]");
      return each(field, name -> {
        refusePatterns(name);
        // A normaliser sees the whole expression, as KeywordFieldMapper's indexedValueForSearch does.
        String normal = getAnalyzer().normalize(name, text).utf8ToString();
        return new RegexpQuery(new Term(name, types.of(name).equals("folded") ? normal : text));
      });
    }

    private void refusePatterns(String field) {
      String type = types.of(field);
      if (type.equals("number") || type.equals("ip") || type.equals("date"))
        throw new IllegalArgumentException("Can only use pattern queries on keyword, text and wildcard fields");
    }

    @Override
    protected Query getBooleanQuery(List<BooleanClause> clauses) throws ParseException {
      Query query = super.getBooleanQuery(clauses);
      if (query == null || !clauses.stream().allMatch(BooleanClause::isProhibited)) return query;
      return new BooleanQuery.Builder().add(new MatchAllDocsQuery(), Occur.FILTER).add(negated(clauses), Occur.FILTER).build();
    }

    private static Query negated(List<BooleanClause> clauses) {
      BooleanQuery.Builder none = new BooleanQuery.Builder().add(new MatchAllDocsQuery(), Occur.FILTER);
      clauses.forEach(none::add);
      return none.build();
    }

    private static Query exists(String field) {
      return new TermQuery(new Term("_field_names", field));
    }
  }

  /** Reads one JSON text: objects, lists, texts, numbers as their source, booleans and null. */
  private static final class Json {
    private final String text;
    private int at = 0;

    Json(String text) {
      this.text = text;
    }

    Map<String, Object> object() {
      Map<String, Object> object = new LinkedHashMap<>();
      expect('{');
      if (!take('}')) {
        do {
          String key = string();
          expect(':');
          object.put(key, value());
        } while (take(','));
        expect('}');
      }
      return object;
    }

    private Object value() {
      blanks();
      char first = text.charAt(at);
      if (first == '{') return object();
      if (first == '[') return list();
      if (first == '"') return string();
      int start = at;
      while (at < text.length() && ",]} \t".indexOf(text.charAt(at)) < 0) at++;
      return text.substring(start, at);
    }

    private List<Object> list() {
      List<Object> list = new ArrayList<>();
      expect('[');
      if (!take(']')) {
        do list.add(value());
        while (take(','));
        expect(']');
      }
      return list;
    }

    private String string() {
      expect('"');
      StringBuilder out = new StringBuilder();
      while (text.charAt(at) != '"') {
        char next = text.charAt(at++);
        if (next != '\\') {
          out.append(next);
          continue;
        }
        char code = text.charAt(at++);
        int simple = "bfnrt".indexOf(code);
        if (code == 'u') {
          out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
          at += 4;
        } else out.append(simple < 0 ? code : "\b\f\n\r\t".charAt(simple));
      }
      at++;
      return out.toString();
    }

    private void blanks() {
      while (at < text.length() && " \t".indexOf(text.charAt(at)) >= 0) at++;
    }

    private boolean take(char wanted) {
      blanks();
      if (at >= text.length() || text.charAt(at) != wanted) return false;
      at++;
      return true;
    }

    private void expect(char wanted) {
      if (!take(wanted)) throw new IllegalArgumentException("expected " + wanted + " at " + at);
    }

    static String quoted(String text) {
      StringBuilder out = new StringBuilder("\"");
      for (char each : text.toCharArray())
        out.append(each < 0x20 || each == '"' || each == '\\' || each > 0x7e ? String.format("\\u%04x", (int) each) : each);
      return out.append('"').toString();
    }
  }
}
